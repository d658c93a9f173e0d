import Foundation
import Glibc
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    struct Drafts {
        @Test func `A studio that is killed in mid-wizard offers the draft when it is opened again`() async throws {
            try await Program.with { program in
                try program.makeWine(isDeployed: false)
                let killed = try StudioSession(program)
                killed.press("c")
                try killed.expectStep("1 Endpoint")
                killed.type("half-done")
                killed.press("ctrl+n")
                try killed.expectStep("2 Model")
                try await Self.waitForDraft(with: "half-done", in: program)
                killed.terminal.signal(SIGKILL)
                #expect(try killed.terminal.waitForExit() == .signal(SIGKILL))

                let studio = try StudioSession(program)
                try studio.expect("A draft is kept")
                try studio.expect("You were at step 2 · Model")
                studio.press("enter")
                try studio.expectStep("2 Model")
                studio.press("alt+left")
                try studio.expectLine("Name (generated)", "half-done")
            }
        }

        @Test func `Pasted text goes into the field, and is no command where there is none`() async throws {
            try await Program.with { program in
                let studio = try StudioSession(program)
                studio.terminal.paste("qc")
                studio.press("c")
                try studio.expectStep("1 Endpoint")
                studio.press("tab")
                try studio.expect("▸Description")
                studio.terminal.paste("Wines of\nthe 漢字 growers")
                try studio.expectLine("▸Description", "Wines of the 漢字 growers")
            }
        }

        @Test(arguments: ["ctrl+c", "esc"])
        func `Every way out of a wizard keeps what was typed`(key: String) async throws {
            try await Program.with { program in
                try program.makeWine(isDeployed: false)
                let first = try StudioSession(program)
                first.press("c")
                try first.expectStep("1 Endpoint")
                first.type("half-done")
                try first.expectLine("Name (generated)", "half-done")
                first.press(key)
                if key == "esc" {
                    try first.expect("Draft kept")
                    first.press("q")
                }
                #expect(try first.terminal.waitForExit() == .code(0))

                let studio = try StudioSession(program)
                if key == "esc" { studio.press("c") }
                try studio.expect("A draft is kept")
                studio.press("enter")
                try studio.expectLine("Name (generated)", "half-done")
            }
        }

        @Test func `A second studio does not open in the draft of the first, and neither loses anything`() async throws
        {
            try await Program.with { program in
                try program.makeWine(isDeployed: false)
                let first = try StudioSession(program)
                first.press("c")
                try first.expectStep("1 Endpoint")
                first.type("of-the-first")
                first.press("tab")
                try await Self.waitForDraft(with: "of-the-first", in: program)

                let second = try StudioSession(program)
                try second.expect("Create endpoint")
                second.press("c")
                try second.expectStep("1 Endpoint")
                second.type("of-the-second")
                try second.expectLine("Name (generated)", "of-the-second")
                second.press("ctrl+c")
                #expect(try second.terminal.waitForExit() == .code(0))
                first.press("ctrl+c")
                #expect(try first.terminal.waitForExit() == .code(0))

                let third = try StudioSession(program)
                try third.expect("A draft is kept")
                third.press("enter")
                try third.expectLine("Name (generated)", "of-the-first")
                let fourth = try StudioSession(program)
                try fourth.expect("A draft is kept")
                fourth.press("enter")
                try fourth.expectLine("Name (generated)", "of-the-second")
            }
        }

        @Test func `A form that is left with esc offers what was typed`() async throws {
            try await Program.with { program in
                let studio = try StudioSession(program)
                studio.press("2", "r")
                try studio.expect("Models › Register model")
                studio.type("half-done")
                studio.press("esc")
                try studio.expect("Draft kept")
                studio.press("r")
                try studio.expect("A draft is kept")
                studio.press("enter")
                try studio.expect("half-done")
            }
        }

        /// Waits until the workspace's database has a text.
        static func waitForDraft(with text: String, in program: Program) async throws {
            _ = try await TestSupport.wait(for: "the draft on disk") {
                let names = try FileManager.default.contentsOfDirectory(atPath: program.workspace)
                let isKept = names.contains { name in
                    let bytes = FileManager.default.contents(atPath: "\(program.workspace)/\(name)") ?? Data()
                    return name.hasPrefix("studio.sqlite") && bytes.range(of: Data(text.utf8)) != nil
                }
                return isKept ? true : nil
            }
        }
    }
}
