import BatchDomain
import BatchManifest
import TestSupport
import Testing

@testable import StudioCommands

struct DataPreviewTests {
    static let preview = DataPreview(
        format: "CSV, delimiter ';', UTF-8, header",
        notes: ["Read with ';': with ',' no column of the model is found.", "Types were inferred from 3 files."],
        problems: [.init(file: "d=2/part-1.csv", message: "line 3 has 2 fields, but the header has 3")],
        header: ["alcohol", "Farbe", "Farbe"],
        rows: [["12.5", "rot", nil], ["13", "weiß", "日本"]],
        columns: [
            .init(
                name: "alcohol",
                type: "number",
                missing: 0,
                example: "12.5",
                feeds: "alcohol",
                cast: "number → double"
            ),
            .init(name: "Farbe", type: "text", missing: 1, example: "rot", verdict: .unused),
            .init(name: "", type: "double", feeds: "ash", verdict: .missing),
            .init(name: "", type: "text", feeds: "shop", verdict: .optional),
            .init(name: "proline", type: "text", example: "x", feeds: "proline", verdict: .wrong("'x' is no double")),
        ]
    )

    @Test(arguments: OutputFormat.allCases)
    func `prints a preview in every format`(format: OutputFormat) throws {
        expectGolden(
            try Output(Self.preview, hasModel: true).rendered(as: format, query: nil),
            "preview/wine.\(format)"
        )
    }

    @Test(
        arguments: [
            (
                "column 'a', row 2: 'x' is no number; the model's signature wants double; 30 cells of this column do not fit",
                "30 cells do not fit"
            ),
            ("column 'a', row 2: 'x' is no number; the model's signature wants double", "1 cell does not fit"),
            ("column 'a', row 2: 'x' is no number; the model's sig…", "does not fit"),
            ("it holds lists", "does not fit"),
        ]
    )
    func `tells a verdict in a few words`(reason: String, summary: String) {
        #expect(DataPreview.Verdict.wrong(reason).summary == summary)
    }

    @Test func `tells no cause twice, of a column and of its file`() {
        let reason = "column 'a', row 2: 'x' is no number"
        let preview = DataPreview(
            format: "CSV",
            problems: [
                .init(file: "a.csv", message: reason), .init(file: "b.csv", message: "it is empty"),
                .init(file: "a.csv", message: "column 'f' is missing; the file has: a, c"),
                .init(file: "c.csv", message: "column 'e', row 7: 'x' is no number"),
            ],
            columns: [
                .init(name: "a", type: "text", feeds: "a", verdict: .wrong(reason)),
                .init(name: "", type: "", feeds: "b", verdict: .missing),
                .init(name: "", type: "", feeds: "f", verdict: .missing),
                .init(name: "c", type: "text", feeds: "c", verdict: .wrong("it holds lists")),
                .init(name: "d", type: "text", verdict: .unused),
                .init(name: "e", type: "text", feeds: "e", verdict: .wrong("column 'e', row…")),
            ]
        )
        expectMessage(preview.complaints.joined(separator: "\n"), "preview/complaints")
    }

    @Test func `compares with no model where none is given`() throws {
        let preview = DataPreview(
            format: "Parquet",
            header: ["a"],
            rows: [["1"]],
            columns: [.init(name: "a", type: "whole number", example: "1")]
        )
        expectGolden(try Output(preview, hasModel: false).rendered(as: .table, query: nil), "preview/plain.table")
    }

    @Test func `says everything that is wrong at once`() async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run(
                "data preview ./unlabeled --rows 0 --model wine:! --input-type folder --set read_options.delimter=; mini=1"
            )
            expectMessage(answer.error, "preview/problems")
            #expect(answer.exitCode == 2)
        }
    }

    @Test func `refuses what is not there, remote, or empty`() async throws {
        try await CommandBench.with { bench in
            let missing = await bench.run("data preview ./nothing")
            expectMessage(missing.error, "preview/missing")
            let remote = await bench.run("data preview https://example.org/wine.csv")
            expectMessage(remote.error, "preview/remote")
            try write("", to: bench.folder + "/empty/.keep")
            let empty = await bench.run("data preview ./empty")
            expectMessage(empty.error, "preview/empty")
            try write("a\n1\n", to: bench.folder + "/folders/d/a.csv")
            let folders = await bench.run("data preview ./folders")
            expectMessage(folders.error, "preview/folders")
            let unknown = await bench.run("data preview ./unlabeled --model none")
            expectMessage(unknown.error, "preview/unknown-model")
        }
    }
}
