package import BatchDomain
import Foundation

/// The models of an MLflow tracking folder, database or server.
///
/// MLflow itself reads them, in an environment that is built once: it knows all its formats, and servers ask for credentials in its own way.
package struct ModelTracking: Sendable {
    /// Where they are, as MLflow writes it: absolute.
    package let uri: String
    private let variables: [String: String]
    private let report: @Sendable (String) -> Void

    /// Chooses the place: `named`, else `MLFLOW_TRACKING_URI`, else `mlflow.db` or `mlruns` in the folder, as MLflow does.
    ///
    /// - Parameters:
    ///   - named: A URI or a folder, as typed.
    ///   - variables: The environment variables; MLflow finds its credentials there.
    ///   - folder: The folder that relative paths start from.
    ///   - report: Told what is done, line by line.
    /// - Throws: ``StudioError`` when there is no such place.
    package init(
        named: String?,
        variables: [String: String],
        folder: String,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        self.variables = variables
        self.report = report
        let manager = FileManager.default
        let found = ["mlflow.db", "mlruns"].map { folder + "/" + $0 }.first { manager.fileExists(atPath: $0) }
        guard let text = named ?? variables["MLFLOW_TRACKING_URI"].flatMap({ $0.isEmpty ? nil : $0 }) ?? found else {
            throw StudioError(
                .notFound,
                "There is no MLflow tracking here: neither mlflow.db nor mlruns is in \(folder).",
                advice: "Name a folder or a server with --tracking-uri or $MLFLOW_TRACKING_URI."
            )
        }
        uri = Self.absolute(text, in: folder)
        let path = uri.hasPrefix("sqlite:///") ? String(uri.dropFirst("sqlite:///".count)) : Self.path(of: uri)
        if let path, !manager.fileExists(atPath: path) {
            throw StudioError(
                .notFound,
                "There is no MLflow tracking at \(path).",
                advice: "Check --tracking-uri or $MLFLOW_TRACKING_URI."
            )
        }
    }

    /// The registered models and those that runs have logged.
    package func models() async throws -> [TrackedModel] {
        try await answers(["list"]).map { answer in
            TrackedModel(
                uri: answer.uri ?? "",
                name: answer.name ?? "",
                version: answer.version,
                run: answer.run,
                aliases: answer.aliases ?? [],
                stage: answer.stage,
                createdAt: answer.created.map { Date(timeIntervalSince1970: Double($0) / 1000) }
            )
        }
    }

    /// Copies a model into a folder and returns where it lies there.
    ///
    /// - Throws: ``StudioError`` with MLflow's reason.
    package func download(_ model: String, to folder: String) async throws -> String {
        report("Fetching \(model) from \(SecretMask.masked(uri)).")
        let path = try await answers(["download", model, folder], about: model).lazy.compactMap(\.path).first
        guard let path else { throw failure("MLflow gave no folder for \(model)") }
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    private struct Answer: Decodable {
        var error: String?
        var path: String?
        var uri: String?
        var name: String?
        var version: String?
        var run: String?
        var aliases: [String]?
        var stage: String?
        var created: Int?
    }

    private func answers(_ arguments: [String], about model: String? = nil) async throws -> [Answer] {
        let cache = CacheFolder(variables: variables)
        let environment = try await EnvironmentBuilder(cache: cache, variables: variables)
            .environment(for: Self.environment, report: report)
        var variables = variables
        variables["MLFLOW_TRACKING_URI"] = uri
        variables["MLFLOW_DISABLE_TELEMETRY"] = "true"
        let lines = AsyncStream<String>.makeStream()
        try await PythonScript(
            python: environment.python,
            script: RuntimeFiles.install(in: cache.path) + "/tracking.py",
            arguments: arguments,
            variables: variables
        ).run { lines.continuation.yield($0) }
        lines.continuation.finish()
        var answers: [Answer] = []
        for await line in lines.stream {
            // MLflow's own words are among them.
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(line.utf8)) else { continue }
            if let error = answer.error { throw failure((model.map { "\($0): " } ?? "") + error) }
            answers.append(answer)
        }
        return answers
    }

    private func failure(_ reason: String) -> StudioError {
        let place = SecretMask.masked(uri)
        let reason = SecretMask.masked(reason.hasSuffix(".") ? String(reason.dropLast()) : reason)
        return StudioError(
            .notFound,
            "MLflow's tracking at \(place) refuses: \(reason).",
            advice: "List what is there with: batchstudio model list --tracking --tracking-uri \(place)"
        )
    }

    private static let environment = EnvironmentRequest(
        owner: "MLflow's tracking",
        sources: [
            EnvironmentSource(
                file: "batchstudio's list for MLflow's tracking",
                pythonVersion: nil,
                requirements: ["mlflow"]
            )
        ]
    )

    private static func absolute(_ text: String, in folder: String) -> String {
        if text.hasPrefix("sqlite:///"), !text.hasPrefix("sqlite:////") {
            return "sqlite:///" + folder + "/" + text.dropFirst("sqlite:///".count)
        }
        if text.contains("://") || text == "databricks" { return text }
        let path = text.hasPrefix("file:") ? String(text.dropFirst("file:".count)) : text
        return path.hasPrefix("/") ? "file://" + path : "file://" + folder + "/" + path
    }

    private static func path(of uri: String) -> String? {
        uri.hasPrefix("file://") ? String(uri.dropFirst("file://".count)) : nil
    }
}
