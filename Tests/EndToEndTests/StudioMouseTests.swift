import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    /// The product's four sentences, with no key pressed.
    struct Mouse {
        @Test func `An endpoint is created by the wizard, with the mouse alone`() async throws {
            try await Program.with { program in
                try program.makeWine(isDeployed: false)
                let studio = try StudioSession(program)
                try studio.click(on: "Create endpoint")
                try studio.expectStep("1 Endpoint")
                try studio.click(on: "[ Next: Model ]")
                try studio.expectStep("2 Model")
                try studio.click(on: "‹ choose with enter ›")
                try studio.expect("▸ wine:1")
                try studio.click(on: "▸ wine:1")
                try studio.expect("‹ wine:1 ›")
                try studio.click(on: "[ Next: Deployment ]")
                try studio.expectStep("3 Deployment")
                try studio.click(on: "‹ append_row ›")
                try studio.expect("▸ append_row")
                try studio.click(on: "  summary_only  ")
                try studio.expect("‹ summary_only ›")
                // The rail goes back, and forth again to where one has been.
                try studio.click(on: "✓ 2 Model")
                try studio.expectStep("2 Model")
                try studio.click(on: "3 Deployment")
                try studio.expectStep("3 Deployment")
                try studio.click(on: "[ Next: Compute ]")
                try studio.expectStep("5 Compute")
                try studio.click(on: "[ Next: Review ]")
                try studio.expectStep("6 Review")
                try studio.click(on: "[ Create ]")
                try studio.expect("✓ Endpoint endpoint-1 is created.")
                try studio.expectLine("Default deployment", "wine-1")
            }
        }

        @Test func `A job is started, watched until it is finished, and its rows are read, with the mouse alone`()
            async throws
        {
            try await Program.with { program in
                try program.makeWine()
                let studio = try StudioSession(program)
                try studio.expect("▸ wine-batch")
                try studio.click(on: "Create job")
                try studio.click(on: "[ Next: Data source ]")
                try studio.click(on: "‹ choose with enter ›")
                try studio.click(on: "▸ wine-unlabeled:1")
                try studio.expect("‹ wine-unlabeled:1 ›")
                try studio.click(on: "[ Next: Output location ]")
                try studio.click(on: "[ Next: Review ]")
                try studio.click(on: "[ Start job ]")
                try studio.expect("is queued.")
                try studio.expect("✓ Completed after", within: .seconds(120))
                try studio.expectLine("✓ 10 ok", "✗ 0 failed of 10")
                try studio.click(on: " Log ")
                try studio.expect("executor The job is Completed.")
                try studio.click(on: " Outputs ")
                try studio.click(on: "▸ predictions.csv")
                try studio.expect("89 rows")
                try studio.click(on: "Back")
                try studio.click(on: " Overview ")
                try studio.expectLine("✓ 10 ok", "✗ 0 failed of 10")
            }
        }

        @Test func `The default deployment is picked with the mouse alone`() async throws {
            try await Program.with { program in
                try program.makeWine()
                let file = "wine.yml"
                _ = try program.succeed(
                    "batch-deployment",
                    "create",
                    "-f",
                    file,
                    "-e",
                    "wine-batch",
                    "--name",
                    "wine-second"
                )
                let studio = try StudioSession(program)
                try studio.click(on: "▸ wine-batch")
                try studio.expectLine("Default deployment", "wine-mlflow")
                // The hints are the last line of a frame: before they are drawn, those of the list stand there.
                try studio.expect("t Test on one file")
                try studio.click(on: "Update default")
                try studio.expect("Default deployment of wine-batch")
                try studio.click(on: "  wine-second")
                try studio.expect("✓ Jobs of wine-batch run on wine-second now.")
                try studio.expectLine("Default deployment", "wine-second")
            }
        }

        @Test func `What lies on top is sent away with the mouse alone`() async throws {
            try await Program.with { program in
                try program.makeWine()
                let studio = try StudioSession(program)
                // The hints move once there is a row to open; they are the last line of a frame.
                try studio.expectLine("enter Open · c Create endpoint", "space Mark · p Preview · ? Help")
                try studio.click(on: "? Help")
                try studio.expect("Keys · ↑↓ scroll")
                studio.terminal.click(row: 0, column: 0)
                try studio.expectNo("Keys · ↑↓ scroll")
                // A list whose hints leave room for this one.
                try studio.click(on: "5 Compute")
                try studio.expectLine("enter Open · c Create", "s Sort · : Command")
                try studio.click(on: ": Command")
                try studio.expect("type a command")
                studio.terminal.click(row: 0, column: 0)
                try studio.expectNo("type a command")
            }
        }
    }
}
