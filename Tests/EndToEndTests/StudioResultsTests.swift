import Foundation
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    /// A job's results with a real model: the tab, the profile, a comparison and a report with plots.
    struct Results {
        @Test func `The predictions of a real job are looked at, compared and reported`() async throws {
            try await Program.with { program in
                try program.makeWine()
                let input = "azureml:wine-unlabeled@latest"
                let invoke = ["batch-endpoint", "invoke", "-n", "wine-batch", "--input", input, "--job-name"]
                for name in ["night", "morning"] {
                    _ = try program.succeed(invoke + [name])
                    _ = try program.succeed("job", "stream", "-n", name)
                }
                #expect(try program.value("columns[0].count", of: "job", "profile", "-n", "night") == "89")
                let rows = try program.value("rows.[joined, changed]", of: "job", "compare", "night", "morning")
                #expect(rows.split(whereSeparator: \.isWhitespace) == ["89", "0"])
                _ = try program.succeed(invoke + ["parquet", "--set", "output_file_name=p.parquet"])
                _ = try program.succeed("job", "stream", "-n", "parquet")
                let joined = try program.value("rows.[joined, changed]", of: "job", "compare", "night", "parquet")
                #expect(joined.split(whereSeparator: \.isWhitespace) == ["89", "0"])
                _ = try program.succeed("job", "report", "-n", "night", "--to", "report.html")
                let page = try String(contentsOfFile: program.folder + "/report.html", encoding: .utf8)
                #expect(page.contains("<figure><svg") && page.contains("class_1"))

                let studio = try StudioSession(program)
                studio.press("6")
                try studio.expectLine("✓ Completed", "parquet")
                studio.press("enter")
                try studio.expect("prediction ▾")
                try studio.expect("prediction · text")
                studio.press("/")
                studio.type("wines-03")
                studio.press("enter")
                try studio.expectLine("▸", "wines-03.csv")
                studio.press("enter")
                try studio.expect("Input, row 0 of wines-03.csv")
                try studio.expect("alcohol")
                studio.press("esc")
                try studio.expect("prediction ▾")
                studio.press("O")
                try studio.expect("The report is in")
                let written = program.folder + "/workspace/jobs/parquet/report.html"
                try #expect(String(contentsOfFile: written, encoding: .utf8).contains("<h2>Predictions</h2>"))
            }
        }
    }
}
