import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct JobCompareTests {
    private static let manifest = "20\t-1\ta.csv\n20\t-1\tsub/b.csv\n20\t-1\tc.csv\n"

    /// Two jobs that have ended, with these outputs.
    private static func withJobs(
        _ outputs: [String],
        manifests: [String] = [manifest, manifest],
        _ body: (CommandBench) async throws -> Void
    ) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            for (name, (output, manifest)) in zip(["night", "morning"], zip(outputs, manifests)) {
                _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name \(name)")
                try await bench.endJob(name)
                let folder = bench.workspaceFolder
                try write(manifest, to: folder.job(name).manifest)
                try write(#"[["row", "prediction", "file"]]"#, to: folder.job(name).columns)
                let path = try await bench.workspace().job(name).specification.output.file
                try write(output, to: #require(path))
            }
            try await body(bench)
        }
    }

    @Test func `rows are joined by file and row, in the order of the input`() async throws {
        let first = "0,class_1,a.csv\n1,class_2,a.csv\n0,class_2,b.csv\n0,class_1,c.csv\n"
        let second = "0,class_1,a.csv\n1,class_1,a.csv\n0,class_2,c.csv\n1,class_2,c.csv\n"
        try await Self.withJobs([first, second]) { bench in
            for name in ["night", "morning"] {
                let classes: KeyValuePairs =
                    name == "night" ? ["class_1": 2, "class_2": 2] : ["class_2": 3, "class_1": 1]
                let column = ColumnProfile(classes: classes, named: "prediction")
                let profile = Profile(rows: 4, miniBatches: 1, made: .scoring, columns: [column])
                try profile.write(to: bench.workspaceFolder.job(name).profile)
            }
            expectGolden(await bench.run("job compare night morning").output, "job/compare.txt")
            let rows = await bench.run(
                "job compare night morning --query rows.[joined,changed,only_first,only_second] -o tsv"
            )
            #expect(rows.output.split(whereSeparator: \.isWhitespace) == ["3", "2", "1", "1"])
            let psi = await bench.run("job compare night morning --query columns[0].level -o tsv").output
            #expect(psi == "warning\n")
            let same = await bench.run("job compare night night --query [rows.changed,same_input] -o tsv").output
            #expect(same.split(whereSeparator: \.isWhitespace) == ["0", "true"])
        }
    }

    @Test func `numbers have a histogram of differences`() async throws {
        let rows = { (scale: Double) in (0..<300).map { "\($0),\(Double($0) * scale),a.csv\n" }.joined() }
        try await Self.withJobs([rows(1), rows(1.5)], manifests: [Self.manifest, "21\t-1\ta.csv\n"]) { bench in
            let answer = await bench.run("job compare night morning").output
            expectGolden(answer, "job/compare-numbers.txt")
            let query = "[same_input,rows.columns[0].largest_difference,length(rows.largest_changes)]"
            let values = await bench.run(["job", "compare", "night", "morning", "--query", query, "-o", "tsv"]).output
            #expect(values.split(whereSeparator: \.isWhitespace) == ["false", "149.5", "100"])
        }
    }

    @Test func `a job that has not completed is refused`() async throws {
        try await Self.withJobs(["0,class_1,a.csv\n", "0,class_1,a.csv\n"]) { bench in
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name waiting")
            let answer = await bench.run("job compare night waiting")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "job/compare-early")
        }
    }
}
