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
                try studio.expectLine("Name *", "half-done")
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
