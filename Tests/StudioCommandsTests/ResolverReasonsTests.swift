import TestSupport
import Testing

@testable import StudioCommands

struct ResolverReasonsTests {
    private static func line(_ text: String) -> String { "2026-01-02 03:04:05 INFO   uv: \(text)\n" }

    private static func attempt(_ number: Int) -> String {
        "2026-01-02 03:04:06 INFO Attempt \(number): as named\n2026-01-02 03:04:06 INFO   numpy\n"
    }

    @Test func `Nineteen lines of reasons are shown, and where the others are`() {
        var reasons = ResolverReasons(log: "/ws/std_log_0.txt")
        let steps = (0..<50).map { Self.line("step \($0)") }.joined()
        let causes = Self.line("error: No solution found") + (0..<40).map { Self.line("cause \($0)") }.joined()
        let ready = "2026-01-02 03:04:06 INFO The environment is ready\n"

        #expect(reasons.shortened(steps) == steps)
        let shown = reasons.shortened(causes)
        #expect(shown.split(separator: "\n").count == 20)
        #expect(shown.hasSuffix("cause 17\n… more of uv's reasons are in /ws/std_log_0.txt\n"))
        #expect(reasons.shortened(Self.line("error: again") + ready) == ready)
    }

    @Test func `Attempts after the first and their reasons share the twenty lines`() {
        var reasons = ResolverReasons(log: "log")
        let failure = Self.line("error: No solution found") + Self.line("cause")
        #expect(reasons.shortened(Self.attempt(1)) == Self.attempt(1))
        let others = (2...20).map { failure + Self.attempt($0) }.joined()
        #expect(reasons.shortened(others).split(separator: "\n").count == 20)
        let steps = Self.line(" + numpy==1") + "2026-01-02 03:04:07 INFO The environment is ready\n"
        #expect(reasons.shortened(steps) == steps)
    }

    @Test func `Installed packages are counted, a single one is named`() {
        var reasons = ResolverReasons(log: "/ws/std_log_0.txt")
        let packages = (0..<75).map { Self.line(" + package\($0)==1") }
        let installed = Self.line("Installed 75 packages in 1.20s")
        #expect(reasons.shortened(installed + packages.prefix(40).joined()) == installed)
        let ready = "2026-01-02 03:04:06 INFO The environment is ready\n"
        let folded = Self.line(" + 75 packages, listed in /ws/std_log_0.txt")
        #expect(reasons.shortened(packages.dropFirst(40).joined() + ready) == folded + ready)
        #expect(reasons.shortened(packages[0]) == "")
        #expect(reasons.rest() == packages[0])
        #expect(reasons.rest() == "")
    }

    @Test func `a reason as long as a page is cut, other lines are not`() {
        var reasons = ResolverReasons(log: "log")
        let page = String(repeating: "x", count: 5000)
        #expect(reasons.shortened(Self.line("error: " + page)).count < 600)
        #expect(reasons.shortened(page + "\n") == page + "\n")
    }
}
