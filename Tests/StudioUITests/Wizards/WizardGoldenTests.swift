import TerminalKit
import TerminalTestSupport
import TestSupport
import Testing

@testable import StudioUI

struct `Every step of a wizard` {
    @Test(arguments: PageCase.wizards, `Every page`.sizes)
    func `looks as it did`(step: PageCase, size: Size) {
        let studio = step.studio(size: size)
        expectGolden(studio.canvas.styledText, "\(step.name)-\(size.width)x\(size.height).txt")
    }

    @Test(arguments: PageCase.wizards)
    func `draws at every size`(step: PageCase) async {
        var studio = step.studio(size: Size(width: 120, height: 36))
        for width in [0, 1, 5, 39, 40, 41, 53, 79, 80, 131] {
            for height in [0, 1, 2, 5, 11, 12, 13, 14, 16, 19, 25, 40] {
                studio.send(.event(.resize(Size(width: width, height: height))))
                #expect(studio.canvas.size == Size(width: width, height: height))
            }
            // Other tests have deadlines.
            await Task.yield()
        }
    }

    @Test(arguments: PageCase.wizards)
    func `bears every key and click`(step: PageCase) {
        for (width, height) in [(120, 36), (40, 12)] {
            var studio = step.studio(size: Size(width: width, height: height))
            for key in ["G", "k", "pgdown", "pgup", "right", "left", "enter", "tab", "x", "ctrl+n", "alt+2"] as [Key] {
                studio.press(key)
                _ = studio.canvas
            }
            for y in 0..<height { studio.send(.event(.click(x: width / 3, y: y))) }
            _ = studio.canvas
        }
    }
}
