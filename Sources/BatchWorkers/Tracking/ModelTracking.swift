package import BatchDomain
import Foundation

/// The models of an MLflow tracking folder, database or server.
///
/// MLflow itself reads them, in an environment that is built once: it knows all its formats, and servers ask for credentials in its own way.
package struct ModelTracking: Sendable {
    /// Where they are.
    package let place: TrackingPlace
    private let variables: [String: String]
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - place: Where the models are.
    ///   - variables: The environment variables; MLflow finds its credentials there.
    ///   - report: Receives the steps, a line each.
    package init(
        _ place: TrackingPlace,
        variables: [String: String],
        report: @escaping @Sendable (String) -> Void
    ) {
        self.place = place
        self.variables = variables
        self.report = report
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
        report("Fetching \(model) from \(place.masked(place.uri)).")
        let path = try await answers(["download", model, folder], about: model).lazy.compactMap(\.path).first
        guard let path else { throw failure("MLflow gave no folder", about: model) }
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    private enum Kind: String, Decodable {
        case credentials, server
    }

    private struct Answer: Decodable {
        var error: String?
        var kind: Kind?
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
        var variables = variables.merging(Telemetry.variables) { $1 }
        variables["MLFLOW_TRACKING_URI"] = place.uri
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
            if let error = answer.error { throw failure(error, about: model, kind: answer.kind) }
            answers.append(answer)
        }
        return answers
    }

    private func failure(_ reason: String, about model: String? = nil, kind: Kind? = nil) -> StudioError {
        let shown = place.masked(place.uri)
        let reason = place.masked(reason.hasSuffix(".") ? String(reason.dropLast()) : reason)
        let advice =
            switch kind {
            case .credentials:
                "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, and run the command again."
            case .server: "Check that the server runs, and --tracking-uri or $MLFLOW_TRACKING_URI."
            case nil:
                model.map { _ in "List its models with: batchstudio model list --tracking --tracking-uri \(shown)" }
            }
        return StudioError(
            kind == nil ? .notFound : .environment,
            "Can't read \(model ?? "the models") from MLflow's tracking at \(shown): \(reason).",
            advice: advice
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
}
