import Glibc
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    struct Crashes {
        /// SIGILL is what `fatalError` raises, SIGABRT what C's `abort` does.
        @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGBUS])
        func `A crash gives the terminal back as it was, and keeps the draft`(signal: Int32) async throws {
            try await Program.with { program in
                let studio = try Self.beginWizard(in: program)
                try await StudioTests.Drafts.waitForDraft(with: "half-done", in: program)
                studio.terminal.signal(signal)
                #expect(try studio.terminal.waitForExit() == .signal(signal))
                #expect(studio.terminal.leftovers == [])
                try Self.expectDraft(in: program)
            }
        }

        @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
        func `A request to stop gives the terminal back as it was, and keeps the draft`(signal: Int32) async throws {
            try await Program.with { program in
                let studio = try Self.beginWizard(in: program)
                studio.terminal.signal(signal)
                #expect(try studio.terminal.waitForExit() == .code(128 + signal))
                #expect(studio.terminal.leftovers == [])
                try Self.expectDraft(in: program)
            }
        }

        @Test func `A closed terminal ends the studio, and keeps the draft`() async throws {
            try await Program.with { program in
                let studio = try Self.beginWizard(in: program)
                studio.terminal.hangUp()
                #expect(try studio.terminal.waitForExit() == .code(128 + SIGHUP))
                try Self.expectDraft(in: program)
            }
        }

        /// A studio whose wizard is at its second step.
        private static func beginWizard(in program: Program) throws -> StudioSession {
            let studio = try StudioSession(program)
            studio.press("c")
            try studio.expectStep("1 Endpoint")
            studio.type("half-done")
            studio.press("ctrl+n")
            try studio.expectStep("2 Model")
            return studio
        }

        private static func expectDraft(in program: Program) throws {
            let studio = try StudioSession(program)
            try studio.expect("A draft is kept")
            studio.press("enter")
            try studio.expectStep("2 Model")
            studio.press("alt+left")
            try studio.expectLine("Name", "half-done")
        }
    }
}
