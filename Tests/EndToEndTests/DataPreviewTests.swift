import Foundation
import TestSupport
import Testing

/// `data preview` with the readers that workers have; the goldens are the examples of `docs/inputs.md`.
@Suite(.serialized)
struct DataPreviewTests {
    private static let model = """
        flavors:
          python_function:
            loader_module: mlflow.sklearn
        signature:
          inputs: '[{"type": "double", "name": "alcohol", "required": true}, {"type": "string", "name": "color",
            "required": true}, {"type": "string", "name": "region", "required": false}]'

        """

    private static let options = ["--set", "read_options.delimiter=;", "read_options.decimal=,"]

    /// Runs the body with a model and folders of wines, with its columns and without.
    private static func with(_ body: (Program) throws -> Void) async throws {
        try await Program.with { program in
            try write(model, to: program.folder + "/model/MLmodel")
            try write("alcohol;color;note\n12,5;red;a\n13;white;\n11,8;;b\n", to: program.folder + "/unlabeled/a.csv")
            try write("alcohol;color;note\n14;red;\n", to: program.folder + "/unlabeled/b.csv")
            try write("", to: program.folder + "/unlabeled/_SUCCESS")
            try write("alcohol;note\nstrong;a\n", to: program.folder + "/others/a.csv")
            _ = try program.succeed("model", "create", "--name", "wine", "--type", "mlflow_model", "--path", "./model")
            try body(program)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `The first rows and the columns are compared with a model's signature`() async throws {
        try await Self.with { program in
            let arguments = ["data", "preview", "./unlabeled", "--model", "wine"] + Self.options
            let table = try program.run(arguments)
            #expect(table.exitCode == 0, "\(table.error)")
            expectGolden(table.output, "preview/fits.txt")
            let query = "columns[].[name, feeds, cast, verdict, reason]"
            let json = try program.run(arguments + ["--query", query, "-o", "json"])
            expectGolden(json.output, "preview/fits.json")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `A column that is missing or does not fit ends the command with 1`() async throws {
        try await Self.with { program in
            let table = try program.run(["data", "preview", "./others", "--model", "wine"] + Self.options)
            #expect(table.exitCode == 1, "\(table.error)")
            expectGolden(table.output, "preview/differs.txt")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `Without a model the types are inferred`() async throws {
        try await Self.with { program in
            let table = try program.run(["data", "preview", "./unlabeled"])
            #expect(table.exitCode == 0, "\(table.error)")
            expectGolden(table.output, "preview/plain.txt")
        }
    }

    @Test(arguments: ["fits", "differs", "plain"])
    func `The documentation shows what the program prints`(name: String) throws {
        let golden = Repository.folder + "/Tests/EndToEndTests/Goldens/preview/\(name).txt"
        let docs = try String(contentsOfFile: Repository.folder + "/docs/inputs.md", encoding: .utf8)
        let printed = try String(contentsOfFile: golden, encoding: .utf8)
        #expect(docs.contains("```\n" + printed + "```"), "\(name) differs")
    }
}
