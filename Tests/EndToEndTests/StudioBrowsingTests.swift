import TestSupport
import Testing

extension StudioTests {
    struct Browsing {
        @Test func `The details of an endpoint are read by keyboard`() async throws {
            try await Program.with { program in
                try program.makeWine()
                _ = try program.succeed("batch-endpoint", "create", "-n", "other-batch")
                let studio = try StudioSession(program)
                try studio.expect("▸ other-batch")
                studio.press("down")
                try studio.expect("▸ wine-batch")
                studio.press("enter")
                try studio.expect("Endpoints › wine-batch")
                try studio.expectLine("Default deployment", "wine-mlflow")
                try studio.expectLine("Provisioning state", "Succeeded")
                try studio.expectLine("Model", "wine:1")
                try studio.expectLine("Mini batch size", "2")
                studio.press("tab")
                try studio.expect("▸ ★ wine-mlflow")
                studio.press("tab")
                try studio.expect("No jobs yet.")
                studio.press("esc")
                try studio.expect("▸ wine-batch")
            }
        }

        @Test func `The details of an endpoint are read by mouse`() async throws {
            try await Program.with { program in
                try program.makeWine()
                _ = try program.succeed("batch-endpoint", "create", "-n", "other-batch")
                let studio = try StudioSession(program, rows: 24, columns: 80)
                try studio.expect("▸ other-batch")
                try studio.click(on: "wine-batch")
                try studio.expect("▸ wine-batch")
                try studio.click(on: "wine-batch")
                try studio.expect("Endpoints › wine-batch")
                try studio.expectLine("Default deployment", "wine-mlflow")
                try studio.click(on: "Deployments")
                try studio.expect("▸ ★ wine-mlflow")
                try studio.click(on: "Runs")
                try studio.expect("Submitted")
                try studio.click(on: "2 Models")
                try studio.expectLine("▸ wine", "mlflow_model")
                try studio.click(on: "1 Endpoints")
                // The selection is kept.
                try studio.expect("▸ wine-batch")
            }
        }
    }
}
