import TestSupport
import Testing

@testable import StudioCommands

struct ResolverReasonsTests {
    private static func line(_ text: String) -> String { "2026-01-02 03:04:05 INFO   uv: \(text)\n" }

    @Test func `twenty lines of reasons are shown, and where the others are`() {
        var reasons = ResolverReasons(log: "/ws/std_log_0.txt")
        let steps = (0..<50).map { Self.line(" + package\($0)==1") }.joined()
        let causes = Self.line("error: No solution found") + (0..<40).map { Self.line("cause \($0)") }.joined()
        let next = "2026-01-02 03:04:06 INFO Attempt 2: as named\n"

        #expect(reasons.shortened(steps) == steps)
        let shown = reasons.shortened(causes) + reasons.shortened(next)
        #expect(shown.split(separator: "\n").count == 20 + 2)
        #expect(shown.hasSuffix("/ws/std_log_0.txt\n" + next))
        expectMessage(shown.split(separator: "\n")[20], "log/more-reasons")
        #expect(reasons.shortened(Self.line("error: again") + next).hasPrefix("… 1 more lines"))
    }

    @Test func `a reason as long as a page is cut, other lines are not`() {
        var reasons = ResolverReasons(log: "log")
        let page = String(repeating: "x", count: 5000)
        #expect(reasons.shortened(Self.line("error: " + page)).count < 600)
        #expect(reasons.shortened(page + "\n") == page + "\n")
    }
}
