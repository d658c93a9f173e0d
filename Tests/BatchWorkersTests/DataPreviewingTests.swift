import BatchDomain
import BatchWorkers
import Foundation
import TestSupport
import Testing

struct DataPreviewingTests {
    private static let answer = """
        {"format": "CSV, delimiter ';', UTF-8, header", "notes": ["Read with ';'."], "problems": [{"file": "b.csv", \
        "message": "line 3 has 2 fields, not 3"}], "rows": [["1", "x"], ["2", null]], "header": ["a", "b"], "columns": \
        [{"name": "a", "type": "whole number", "missing": 0, "example": "1", "feeds": "alcohol", "cast": "long → double", \
        "verdict": "ok", "reason": null}, {"name": "b", "type": "text", "missing": 1, "example": "x", "feeds": null, "cast": null, \
        "verdict": "unused", "reason": null}, {"name": "", "type": "double", "missing": 0, "example": null, "feeds": "c", \
        "cast": null, "verdict": "missing", "reason": null}, {"name": "d", "type": "text", "missing": 0, "example": "y", \
        "feeds": "d", "cast": "text → double", "verdict": "wrong", "reason": "'y' is no double"}, {"name": "", "type": "", \
        "missing": 0, "example": null, "feeds": "e", "cast": null, "verdict": "optional", "reason": null}]}
        """

    @Test func `The answer is the last line that is one, whatever libraries print around it`() throws {
        let preview = try DataPreviewing.read(["{}", "a warning", Self.answer, "another warning", ""])
        #expect(preview.format == "CSV, delimiter ';', UTF-8, header")
        #expect(preview.notes == ["Read with ';'."])
        #expect(preview.problems == [.init(file: "b.csv", message: "line 3 has 2 fields, not 3")])
        #expect(preview.header == ["a", "b"] && preview.rows == [["1", "x"], ["2", nil]])
        #expect(preview.columns.map(\.verdict) == [.ok, .unused, .missing, .wrong("'y' is no double"), .optional])
        #expect(preview.columns.map(\.verdict.isFailure) == [false, false, true, true, false])
        #expect(preview.columns.map(\.verdict.reason) == [nil, nil, nil, "'y' is no double", nil])
        #expect(preview.fed == 1)
        #expect(preview.columns[0].cast == "long → double" && preview.columns[1].feeds == nil)
        #expect(!preview.isFit)
        #expect(try JSONDecoder().decode(DataPreview.self, from: JSONEncoder().encode(preview)) == preview)
    }

    @Test(arguments: ["a sentence", "null", ""])
    func `A verdict that is none of the words is no answer`(verdict: String) {
        let answer = Self.answer.replacing("\"verdict\": \"unused\"", with: "\"verdict\": \"\(verdict)\"")
        #expect(throws: StudioError.self) { try DataPreviewing.read([answer]) }
    }

    @Test(arguments: [[], [""], ["{}"], ["Traceback"], ["{\"format\": 1}"]])
    func `What is no answer is refused`(lines: [String]) {
        #expect(throws: StudioError.self) { try DataPreviewing.read(lines) }
    }

    @Test(arguments: [
        ([DataPreview.Column](), [DataPreview.FileProblem](), true),
        ([.init(name: "a", type: "text"), .init(name: "b", type: "text", verdict: .unused)], [], true),
        ([.init(name: "a", type: "text"), .init(name: "", type: "", feeds: "b", verdict: .optional)], [], true),
        ([.init(name: "a", type: "text", verdict: .missing)], [], false),
        ([.init(name: "a", type: "text", verdict: .wrong("no"))], [], false),
        ([.init(name: "a", type: "text")], [.init(file: "a.csv", message: "no")], false),
    ])
    func `An input fits when its columns and files do`(
        columns: [DataPreview.Column],
        problems: [DataPreview.FileProblem],
        isFit: Bool
    ) {
        #expect(DataPreview(format: "CSV", problems: problems, columns: columns).isFit == isFit)
    }

    /// Runs a script of the test's own in the place of the runtime's, with a Python of this machine.
    private static func run(_ script: String) async throws -> DataPreview {
        try await withTemporaryFolder { folder in
            try write(script, to: folder + "/preview.py")
            var options = ReadOptions()
            try options.set(.delimiter, to: .text(";"))
            let request = DataPreviewing.Request(
                root: "/data",
                files: ["a.csv", "d/é.csv"],
                totalFiles: 7,
                signature: nil,
                readOptions: options,
                rows: 3
            )
            let python = try #require(await PythonInterpreters.shared.installed().first)
            return try await DataPreviewing.preview(request, python: python.path, runtime: folder)
        }
    }

    @Test func `The script gets the request as a file and answers on its standard output`() async throws {
        let preview = try await Self.run(
            """
            import json, sys
            request = json.load(open(sys.argv[1], encoding="utf-8"))
            print("imported")
            print(json.dumps({"format": json.dumps(request, sort_keys=True, ensure_ascii=False), "notes": [],
                              "problems": [], "rows": [], "header": [], "columns": []}))
            """
        )
        #expect(
            preview.format
                == #"{"files": ["a.csv", "d/é.csv"], "read_options": {"delimiter": ";"}, "root": "/data", "rows": 3, "#
                + #""signature": null, "total_files": 7}"#
        )
    }

    @Test func `A script that fails is told with its last line`() async throws {
        let error = await #expect(throws: StudioError.self) { try await Self.run("raise ValueError('no reader')") }
        expectMessage(error?.message, "preview/script-failed")
    }
}
