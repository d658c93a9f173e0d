import Foundation
import TerminalKit
import TerminalTestSupport
import Testing

@testable import StudioUI

/// The pictures of the README; `make screens` draws them.
struct `The pictures` {
    struct Screen: Sendable, CustomTestStringConvertible {
        let file: String
        let title: String
        let page: PageCase
        let height: Int

        var testDescription: String { file }
    }

    static let screens = [
        Screen(
            file: "endpoint.svg",
            title: "The details of an endpoint and its default deployment",
            page: .named("endpoint-details"),
            height: 36
        ),
        Screen(
            file: "wizard.svg",
            title: "The wizard that creates an endpoint, at its deployment step",
            page: .named("endpoint-3"),
            height: 31
        ),
        Screen(file: "job.svg", title: "A job while it runs", page: .watchedJob, height: 32),
    ]

    @Test(arguments: screens)
    func `show the pages as they are`(screen: Screen) throws {
        let studio = screen.page.studio(size: Size(width: 104, height: screen.height))
        let theme = studio.model.themes.theme
        let picture = studio.canvas.svg(
            title: "batchstudio: " + screen.title,
            foreground: try theme.scheme.rgb(.text),
            background: try theme.scheme.rgb(.background),
            border: try theme.scheme.rgb(.border)
        )
        let file = URL(filePath: #filePath).appending(path: "../../../../docs/screens/\(screen.file)").standardized
        if ProcessInfo.processInfo.environment["RECORD_SCREENS"] == "1" {
            try Data(picture.utf8).write(to: file)
        }
        let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(picture == committed, "docs/screens/\(screen.file) is stale: run `make screens`")
    }
}

extension PageCase {
    /// A page or a step of a wizard by its name.
    fileprivate static func named(_ name: String) -> PageCase {
        (all + wizards).first { $0.name == name }
            ?? PageCase(name: "no \(name)") { _ in Issue.record("no page \(name)") }
    }
}

extension Scheme {
    fileprivate func rgb(_ role: Role) throws -> RGB {
        guard case .rgb(let color) = self[role] else { throw NoColor() }
        return color
    }

    private struct NoColor: Error {}
}
