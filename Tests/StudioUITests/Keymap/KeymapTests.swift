import TerminalKit
import Testing

@testable import StudioUI

struct `The keymap` {
    @Test func `gives each key of a context one meaning`() {
        #expect(Keymap().problems == [])
    }

    @Test func `knows every command`() {
        let bound = Set(Keymap.standard.map(\.command))
        #expect(Set(Command.allCases).subtracting(bound) == [])
    }

    @Test func `takes keys of the user's, and tells what it cannot take`() {
        let text = "job.cancel: ctrl+k\napp.theme: [f2, alt+t]\napp.nothing: x\njob.clone: hyper+c\n"
        let keymap = Keymap(overrides: KeymapFile(text: text, file: "keymap.yaml"))
        #expect(keymap.binding(for: "ctrl+k", in: [.job])?.command == .cancelJob)
        #expect(keymap.binding(for: "x", in: [.job]) == nil)
        #expect(keymap.binding(for: "alt+t", in: [])?.command == .chooseTheme)
        #expect(keymap.binding(for: "C", in: [.job])?.command == .cloneJob)
        #expect(keymap.problems.count == 2)
        #expect(keymap.problems.first?.contains("keymap.yaml:3") == true)
    }

    @Test func `tells of a key that means two things`() {
        let keymap = Keymap(overrides: KeymapFile(text: "job.cancel: C\n", file: "keymap.yaml"))
        #expect(keymap.problems.count == 1)
    }

    @Test func `problems are shown when the studio opens`() {
        let keymap = Keymap(overrides: KeymapFile(text: "app.nothing: x\n", file: "keymap.yaml"))
        #expect(StudioBench(keymap: keymap).text.contains("“app.nothing”"))
    }

    @Test func `a key of the user's does what the standard one does`() {
        let keymap = Keymap(overrides: KeymapFile(text: "table.down: ctrl+n\n", file: "keymap.yaml"))
        var studio = StudioBench(keymap: keymap)
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        studio.press("ctrl+n")
        #expect(studio.text.contains("▸ taxi-tips"))
    }

    @Test func `letters are text in forms, and their hints are hidden`() {
        var studio = StudioBench()
        studio.open(.registerModel)
        studio.press("q", "1", "?")
        #expect(studio.way == ["Endpoints", "Register model"])
        #expect(studio.text.contains("q1?"))
        #expect(!studio.text.contains("q Back or quit"))
    }

    @Test func `the palette runs a command and says why it cannot`() {
        var studio = StudioBench()
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        studio.press(":")
        for letter in "theme" { studio.press(.character(letter)) }
        studio.press(.enter)
        guard case .themes? = studio.model.overlay else {
            Issue.record("the themes are not open")
            return
        }
    }
}
