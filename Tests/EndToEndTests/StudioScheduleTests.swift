import Foundation
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    struct Schedules {
        @Test func `A schedule is created, disabled and triggered, and its job opened`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 2, secondsEach: 0)
                let studio = try StudioSession(program)
                studio.press("7")
                try studio.expect("No schedules yet")
                studio.press("c")
                try studio.expectStep("1 Endpoint")
                try studio.expect("‹ the default, now script ›")
                studio.press("ctrl+n")
                try studio.expectStep("2 Input")
                studio.press("enter")
                try studio.expect("▸ texts:1")
                studio.press("enter", "ctrl+n")
                try studio.expectStep("3 Trigger")
                studio.press("down", "ctrl+u")
                studio.type("0 25 * * *")
                studio.press("ctrl+n")
                try studio.expect("allowed are *, 0–23")
                studio.press("ctrl+u")
                studio.type("0 2 * * *")
                studio.press("ctrl+n")
                try studio.expectStep("4 Name and rules")
                studio.type("nightly")
                studio.press("ctrl+n")
                try studio.expectStep("5 Review")
                studio.press("f10")
                try studio.expect("Schedule nightly is created")
                let words = try program.value("batchstudio.trigger", of: "schedule", "show", "-n", "nightly")
                #expect(words.hasPrefix("daily 02:00"))
                studio.press("7")
                try studio.expectLine("▸ nightly", "on", "daily 02:00")
                studio.press("space")
                try studio.expectLine("▸ nightly", "off")
                #expect(try program.value("is_enabled", of: "schedule", "show", "-n", "nightly") == "false")
                studio.press("t")
                try studio.expect("Trigger nightly now?")
                studio.press("right", "enter")
                try studio.expect("started by nightly, run 1")
                let job = try program.value("[0].job", of: "schedule", "list-runs", "-n", "nightly")
                _ = try program.succeed("job", "stream", "-n", job)
                try studio.expect("✓ Completed")
                #expect(try program.value("batchstudio.schedule.run", of: "job", "show", "-n", job) == "1")
                studio.press("7", "enter", "tab")
                try studio.expectLine("▸", "1", "✓ Completed", "nightly-1")
            }
        }
    }
}
