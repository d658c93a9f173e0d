import Foundation
import TestSupport
import Testing

/// Whether the Python side has the script that reads previews.
private let hasReader: Bool = {
    let runtime = Repository.folder + "/Sources/BatchWorkers/Runtime"
    return (FileManager.default.subpaths(atPath: runtime) ?? []).contains { $0.hasSuffix("preview.py") }
}()

/// `data preview` with the readers that workers have.
@Suite(.serialized, .enabled(if: hasReader))
struct DataPreviewTests {
    private static let model = """
        flavors:
          python_function:
            loader_module: mlflow.sklearn
        signature:
          inputs: '[{"type": "double", "name": "alcohol", "required": true}, {"type": "string", "name": "color",
            "required": true}]'

        """

    @Test(.timeLimit(.minutes(10)))
    func `The first rows and the columns are compared with a model's signature`() async throws {
        try await Program.with { program in
            try write(Self.model, to: program.folder + "/model/MLmodel")
            try write("alcohol;color;note\n12,5;red;a\n13;white;\n", to: program.folder + "/wines/a.csv")
            try write("alcohol;note\n12,5;a\n", to: program.folder + "/bad/a.csv")
            _ = try program.succeed("model", "create", "--name", "wine", "--type", "mlflow_model", "--path", "./model")
            func preview(_ input: String) throws -> Program.Result {
                try program.run(
                    "data",
                    "preview",
                    input,
                    "--model",
                    "wine",
                    "--set",
                    "read_options.delimiter=;",
                    "read_options.decimal=,",
                    "--query",
                    "[columns[].name, columns[].verdict, rows[0]]",
                    "-o",
                    "json"
                )
            }
            let good = try preview("./wines")
            #expect(good.exitCode == 0, "\(good.error)")
            let answer = try JSONSerialization.jsonObject(with: Data(good.output.utf8)) as? NSArray
            #expect(
                answer == [["alcohol", "color", "note"], ["ok", "ok", "unused"], ["12,5", "red", "a"]] as NSArray
            )
            let bad = try preview("./bad")
            #expect(bad.exitCode == 1)
            #expect(bad.output.contains("missing"), "\(bad.output)\(bad.error)")
        }
    }
}
