import BatchDomain
import Foundation
import TestSupport
import Testing

struct JobReportTests {
    private static let evil = "<script>alert(1)</script>\u{1b}[2J\u{202e}\"'|`*_#\n=1+1"

    /// A job that has ended, with a profile whose names and values are hostile.
    private static func withJob(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            _ = await bench.run(
                ["batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./unlabeled", "--job-name", "night"]
            )
            try await bench.endJob()
            let column = ColumnProfile(
                name: evil,
                count: 2,
                kinds: ["text": 2],
                values: [ColumnProfile.Value(evil, 2)]
            )
            let profile = Profile(rows: 2, miniBatches: 1, made: .scoring, columns: [column] + Profile.sample.columns)
            try profile.write(to: bench.workspaceFolder.job("night").profile)
            try await body(bench)
        }
    }

    private static func read(_ name: String, of bench: CommandBench) throws -> String {
        try String(contentsOfFile: bench.folder + "/" + name, encoding: .utf8)
    }

    @Test func `HTML has nothing in it that runs, is fetched or turns the text`() async throws {
        try await Self.withJob { bench in
            let answer = await bench.run("job report -n night --no-plots -o report.html --query [0].path")
            #expect(answer.exitCode == 0 && answer.output.contains("/report.html"))
            let page = try Self.read("report.html", of: bench)
            #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("default-src 'none'"))
            #expect(
                !page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{1b}[2J\\u{202e}")
            )
            #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("\u{1b}"))
            for part in ["prefers-color-scheme: dark", "@media print", "<h2>Timings</h2>", "confidence", "39 %"] {
                #expect(page.contains(part), "\(part)")
            }
        }
    }

    @Test func `no rows of data are in a report unless they are asked for`() async throws {
        try await Self.withJob { bench in
            for format in ["html", "md", "json"] {
                _ = await bench.run("job report -n night --no-plots --to a.\(format)")
                try #expect(!Self.read("a.\(format)", of: bench).contains("b.csv"), "\(format)")
                _ = await bench.run("job report -n night --no-plots --with-rows 2 --to b.\(format)")
                try #expect(Self.read("b.\(format)", of: bench).contains("b.csv"), "\(format)")
            }
        }
    }

    @Test func `Markdown has no marks of others in it`() async throws {
        try await Self.withJob { bench in
            _ = await bench.run("job report -n night --format md --to report.txt")
            let page = try Self.read("report.txt", of: bench)
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;\\\\u{1b}") && !page.contains("<script"))
            #expect(page.contains(##"\|\`\*\_\# =1+1"##))
        }
    }

    @Test func `JSON has the profile and how long the job was in each state`() async throws {
        try await Self.withJob { bench in
            _ = await bench.run("job report -n night --to report.json")
            let text = try Self.read("report.json", of: bench)
            let value = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let profile = try #require(value["profile"] as? [String: Any])
            #expect((profile["columns"] as? [[String: Any]])?.count == 3)
            #expect((value["transitions"] as? [[String: Any]])?.last?["state"] as? String == "Completed")
        }
    }

    @Test func `a file that exists is not replaced unless told to`() async throws {
        try await Self.withJob { bench in
            try write("mine", to: bench.folder + "/report.html")
            let refused = await bench.run("job report -n night --no-plots")
            #expect(refused.exitCode == 1)
            try #expect(Self.read("report.html", of: bench) == "mine")
            #expect(await bench.run("job report -n night --no-plots --overwrite").exitCode == 0)
            try #expect(Self.read("report.html", of: bench) != "mine")
        }
    }

    @Test func `a job that has not ended has no report`() async throws {
        try await Self.withJob { bench in
            _ = await bench.run(
                ["batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./unlabeled", "--job-name", "waiting"]
            )
            let answer = await bench.run("job report -n waiting")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "job/report-early")
        }
    }
}
