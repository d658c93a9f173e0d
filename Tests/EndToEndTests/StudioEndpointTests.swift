import TestSupport
import Testing

extension StudioTests {
    struct Endpoints {
        @Test func `An endpoint is created by the wizard, with the keyboard alone`() async throws {
            try await Program.with { program in
                try program.makeWine(isDeployed: false)
                let studio = try StudioSession(program)
                studio.press("c")
                try studio.expectStep("1 Endpoint")
                studio.type("wine-new")
                studio.press("ctrl+n")
                try studio.expectStep("2 Model")
                studio.press("enter")
                try studio.expect("▸ wine:1")
                studio.press("enter")
                try studio.expect("‹ wine:1 ›")
                studio.press("ctrl+n")
                try studio.expectStep("3 Deployment")
                studio.press("ctrl+n")
                // The environment is generated.
                try studio.expectStep("5 Compute")
                try studio.expect("‹ local ›")
                studio.press("ctrl+n")
                try studio.expectStep("6 Review")
                studio.press("G")
                try studio.expect("The same from a script")
                studio.press("f10")
                try studio.expect("Endpoints › wine-new")
                try studio.expect("✓ Endpoint wine-new is created.")
                try studio.expectLine("Default deployment", "wine-1")
                let name = try program.value("defaults.deployment_name", of: "batch-endpoint", "show", "-n", "wine-new")
                #expect(name == "wine-1")
            }
        }

        @Test func `An endpoint gets another deployment, which becomes its default`() async throws {
            try await Program.with { program in
                try program.makeWine()
                let studio = try StudioSession(program)
                try studio.expect("▸ wine-batch")
                studio.press("enter")
                try studio.expect("Endpoints › wine-batch")
                try studio.expectLine("Default deployment", "wine-mlflow")
                studio.press("a")
                try studio.expect("‹ wine-batch ›")
                studio.press("ctrl+n")
                try studio.expectStep("2 Model")
                studio.press("enter")
                try studio.expect("▸ wine:1")
                studio.press("enter")
                try studio.expect("‹ wine:1 ›")
                studio.press("ctrl+n")
                try studio.expectStep("3 Deployment")
                studio.press("ctrl+u")
                studio.type("wine-second")
                studio.press("ctrl+n")
                try studio.expectStep("5 Compute")
                studio.press("ctrl+n")
                try studio.expectStep("6 Review")
                studio.press("f10")
                try studio.expect("✓ Deployment wine-second is created.")
                try studio.expectLine("Default deployment", "wine-mlflow")
                studio.press("d")
                try studio.expect("Default deployment of wine-batch")
                studio.type("second")
                try studio.expect("▸ wine-second")
                studio.press("enter")
                try studio.expect("✓ Jobs of wine-batch run on wine-second now.")
                try studio.expectLine("Default deployment", "wine-second")
                let name = try program.value(
                    "defaults.deployment_name",
                    of: "batch-endpoint",
                    "show",
                    "-n",
                    "wine-batch"
                )
                #expect(name == "wine-second")
            }
        }

        @Test func `An endpoint is deleted with its deployments, and its jobs stay`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 3, secondsEach: 0)
                let job = try program.value("name", of: "batch-endpoint", "invoke", "-n", "texts", "--input", "./texts")
                _ = try program.succeed("job", "stream", "-n", job)
                let studio = try StudioSession(program)
                try studio.expectLine("▸ texts", "✓ Completed")
                studio.press("D")
                try studio.expect("Delete endpoint texts?")
                try studio.expect("its 1 deployment:")
                // The keyboard is on the button that keeps it.
                studio.press("enter")
                try studio.expectNo("Delete endpoint texts?")
                try studio.expect("▸ texts")
                studio.press("D")
                try studio.expect("Delete endpoint texts?")
                studio.press("right", "enter")
                try studio.expectNo("▸ texts")
                studio.press("6")
                try studio.expectLine("✓ Completed", "texts")
                #expect(try program.run("batch-endpoint", "show", "-n", "texts").exitCode != 0)
                #expect(try program.value("status", of: "job", "show", "-n", job) == "Completed")
            }
        }
    }
}
