import TerminalKit
import TerminalTestSupport
import TestSupport
import Testing

@testable import StudioUI

struct `Every page` {
    static let sizes = [
        Size(width: 200, height: 50), Size(width: 120, height: 36), Size(width: 80, height: 24),
        Size(width: 40, height: 12),
    ]

    @Test(arguments: PageCase.all, sizes)
    func `looks as it did`(page: PageCase, size: Size) {
        let studio = page.studio(size: size)
        expectGolden(studio.canvas.styledText, "\(page.name)-\(size.width)x\(size.height).txt")
    }

    @Test(arguments: PageCase.all)
    func `draws at every size`(page: PageCase) async {
        var studio = page.studio(size: Size(width: 120, height: 36))
        for width in [0, 1, 5, 39, 40, 41, 53, 79, 131] {
            for height in [0, 1, 2, 5, 11, 12, 13, 14, 16, 19, 25, 40] {
                studio.send(.event(.resize(Size(width: width, height: height))))
                #expect(studio.canvas.size == Size(width: width, height: height))
            }
            // Other tests have deadlines.
            await Task.yield()
        }
    }

    @Test(arguments: PageCase.all)
    func `bears every key and click`(page: PageCase) {
        for (width, height) in [(120, 36), (40, 12)] {
            var studio = page.studio(size: Size(width: width, height: height))
            for key in ["j", "G", "k", "g", "s", "S", "pgdown", "pgup", "right", "left", "enter", "x"] as [Key] {
                studio.press(key)
                _ = studio.canvas
            }
            for y in 0..<height { studio.send(.event(.click(x: width / 3, y: y))) }
            _ = studio.canvas
        }
    }
}
