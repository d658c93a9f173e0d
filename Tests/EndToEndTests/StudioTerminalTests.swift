import Glibc
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    struct Terminals {
        @Test func `The studio follows the size of the window, and says when it is too small`() async throws {
            try await Program.with { program in
                _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
                let studio = try StudioSession(program)
                try studio.expectLine("Name", "Last job", "Created")
                studio.terminal.resize(rows: 12, columns: 40)
                try studio.expectNo("Created")
                try studio.expectLine("▸ wine-batch")
                try studio.expect("? Help")
                studio.terminal.resize(rows: 11, columns: 39)
                try studio.expect("This window is 39×11")
                #expect(!studio.terminal.text.contains("wine-batch"))
                studio.terminal.resize(rows: 36, columns: 120)
                try studio.expectLine("Name", "Last job", "Created")
                try studio.expect("▸ wine-batch")
            }
        }

        @Test func `A locale without UTF-8 shows the same`() async throws {
            try await Program.with { program in
                _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
                let studio = try StudioSession(program, environment: ["LC_ALL": "C"])
                try studio.expect("▸ wine-batch")
                studio.press("enter")
                try studio.expect("Endpoints › wine-batch")
            }
        }

        @Test func `A dumb terminal is refused with advice, and without sequences`() async throws {
            try await Program.with { program in
                let terminal = try StudioSession.terminal(of: program, environment: ["TERM": "dumb"])
                #expect(try terminal.waitForExit() == .code(1))
                #expect(terminal.text.contains("$TERM"))
                #expect(!terminal.text.contains("This error is unexpected"))
                #expect(!terminal.output.contains(0x1b))
            }
        }

        @Test func `Without colours only weight and reverse are left`() async throws {
            try await Program.with { program in
                let studio = try StudioSession(program, environment: ["NO_COLOR": "1"])
                let written = String(decoding: studio.terminal.output, as: UTF8.self)
                #expect(written.contains(/\x1b\[[0-9;]*[17][m;]/))
                #expect(written.matches(of: /\x1b\[[0-9;]*[34][0-9][0-9;]*m/).isEmpty)
            }
        }

        @Test(arguments: ["q", "ctrl+c"])
        func `Leaving gives the terminal back as it was`(key: String) async throws {
            try await Program.with { program in
                let studio = try StudioSession(program)
                studio.press(key)
                #expect(try studio.terminal.waitForExit() == .code(0))
                #expect(studio.terminal.leftovers == [])
            }
        }

        @Test(arguments: [SIGTERM, SIGHUP])
        func `A request to stop gives the terminal back as it was`(signal: Int32) async throws {
            try await Program.with { program in
                let studio = try StudioSession(program)
                studio.terminal.signal(signal)
                #expect(try studio.terminal.waitForExit() == .code(128 + signal))
                #expect(studio.terminal.leftovers == [])
            }
        }

        @Test func `A shell suspends and resumes the studio`() async throws {
            try await Program.with { program in
                let shell = try StudioSession.terminal(
                    of: program,
                    running: "/bin/bash",
                    ["--norc", "--noprofile", "-i"],
                    environment: ["PS1": "shell> ", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
                )
                try shell.expect("shell>")
                shell.send("'\(Program.path)'\r")
                try shell.expect("? Help")
                shell.send("\u{1a}")
                try shell.expect("Stopped")
                #expect(!shell.showsAlternateScreen)
                #expect(!shell.isModeOn(1000))
                shell.send("fg\r")
                try shell.expect("? Help")
                shell.send("2")
                try shell.expect("Source")
                shell.send("q")
                try shell.wait(for: "the shell") { !$0.showsAlternateScreen }
                shell.send("echo left with $?\r")
                try shell.expect("left with 0")
            }
        }
    }
}
