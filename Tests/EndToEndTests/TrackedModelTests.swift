import Foundation
import TestSupport
import Testing

/// Models that a real MLflow keeps.
@Suite(.serialized) struct TrackedModelTests {
    private static let training = """
        import os, sys
        os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
        import mlflow
        from sklearn.dummy import DummyClassifier
        mlflow.set_tracking_uri(sys.argv[1])
        experiment = mlflow.create_experiment("wine", artifact_location="file://" + os.path.abspath("artifacts"))
        with mlflow.start_run(experiment_id=experiment) as run:
            model = DummyClassifier(strategy="constant", constant=1).fit([[0], [1]], [0, 1])
            mlflow.sklearn.log_model(model, name="model", registered_model_name="wine")
            mlflow.MlflowClient().set_registered_model_alias("wine", "champion", 1)
        """

    @Test(arguments: ["sqlite:///tracking.db", "mlruns"])
    func `Models of a tracking place are listed and registered`(_ place: String) async throws {
        try await Program.with { program in
            let python = try program.succeed(Repository.folder + "/scripts/python-environment.sh", [])
            try write(Self.training, to: program.folder + "/train.py")
            _ = try program.succeed(python, ["train.py", place])
            let uris = try program.succeed(
                "model",
                "list",
                "--tracking",
                "--tracking-uri",
                place,
                "--query",
                "[].uri",
                "-o",
                "tsv"
            ).split(separator: "\n").map(String.init)
            #expect(uris.count == 2)
            #expect(uris.first == "models:/wine/1")
            #expect(uris.last?.hasPrefix("runs:/") == true && uris.last?.hasSuffix("/model") == true)
            for uri in uris + ["models:/wine@champion"] {
                let source = try program.succeed(
                    "model",
                    "create",
                    "--name",
                    "wine",
                    "--path",
                    uri,
                    "--tracking-uri",
                    place,
                    "--query",
                    "source",
                    "-o",
                    "tsv"
                )
                #expect(source.trimmingCharacters(in: .newlines) == uri)
            }
            let refused = try program.run(
                "model",
                "create",
                "--name",
                "wine",
                "--path",
                "models:/wine/9",
                "--tracking-uri",
                place
            )
            #expect(refused.exitCode == 1)
            #expect(refused.error.contains("version=9"))
        }
    }
}
