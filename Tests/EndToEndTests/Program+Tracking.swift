import Foundation
import TestSupport
import Testing

extension Program {
    private static let training = """
        import mlflow
        from sklearn.dummy import DummyClassifier
        with mlflow.start_run():
            model = DummyClassifier(strategy="constant", constant=1).fit([[0], [1]], [0, 1])
            mlflow.sklearn.log_model(model, "model", registered_model_name="wine")
        mlflow.MlflowClient().set_registered_model_alias("wine", "champion", 1)
        """

    /// Trains, logs and registers a model in a folder, and returns the URIs that are listed there; listing changes nothing.
    func train(
        with python: String,
        in folder: String,
        _ variables: String = "",
        unchanged: () -> Data? = { nil }
    ) throws -> [String] {
        try write(Self.training, to: folder + "/train.py")
        let result = try shell("cd '\(folder)'; MLFLOW_DISABLE_TELEMETRY=true \(variables)'\(python)' train.py")
        #expect(result.exitCode == 0, "\(result.error)")
        let before = unchanged()
        defer { #expect(unchanged() == before) }
        return try list("", in: folder, variables)
    }

    /// The URIs of the models that MLflow keeps.
    func list(_ options: String, in folder: String, _ variables: String = "") throws -> [String] {
        try tracked(options + " --query '[].uri' -o tsv", in: folder, variables)
            .split(separator: "\n").map(String.init)
    }

    /// What `model list --tracking` prints.
    func tracked(_ options: String, in folder: String, _ variables: String = "") throws -> String {
        let result = try shell("cd '\(folder)'; \(variables)$B model list --tracking \(options)")
        #expect(result.exitCode == 0, "\(options) \(variables): \(result.error)")
        return result.line
    }

    /// Registers models that MLflow keeps, and those with an alias.
    func register(_ uris: [String], in folder: String, _ variables: String = "") throws {
        for uri in uris + ["models:/wine@champion"] {
            let result = try shell(
                "cd '\(folder)'; \(variables)$B model create --name wine --path \(uri) --query '[source, type]' -o tsv"
            )
            #expect(result.exitCode == 0, "\(uri): \(result.error)")
            #expect(result.line.split { $0.isWhitespace } == [Substring(uri), "mlflow_model"], "\(result.line)")
        }
    }
}
