package import BatchDomain
import Foundation

extension LoaderProof {
    /// How long a comparison may take.
    private static let timeout: Duration = .seconds(300)

    /// The digest of what is compared.
    ///
    /// - Parameters:
    ///   - model: The model's version.
    ///   - python: The interpreter of its environment.
    ///   - runtime: The folder of the runtime's files, named by their digest.
    /// - Returns: The digest.
    package static func subject(of model: AssetVersion, python: String, runtime: String) -> String {
        // An environment that was built again, at the same place, may have other versions of its packages.
        let environment = (python as NSString).deletingLastPathComponent + "/../pyvenv.cfg"
        let attributes = try? FileManager.default.attributesOfItem(atPath: environment)
        let builtAt = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return SHA256.hexadecimalDigest(
            of: [model.name, model.version, python, "\(builtAt)", runtime].joined(separator: "\n")
        )
    }

    /// Loads a model with and without MLflow in processes of their own and compares its predictions of its input example.
    ///
    /// - Parameters:
    ///   - model: The model's version.
    ///   - folder: The folder that `AZUREML_MODEL_DIR` names.
    ///   - python: The interpreter of its environment.
    ///   - runtime: The folder of the runtime's files.
    ///   - variables: The variables of the processes.
    /// - Returns: The result.
    /// - Throws: `CancellationError`; ``StudioError`` when it takes too long; the system's error when the process can't be started.
    package static func run(
        _ model: AssetVersion,
        in folder: String,
        python: String,
        runtime: String,
        variables: [String: String]
    ) async throws -> LoaderProof {
        let subject = subject(of: model, python: python, runtime: runtime)
        let process = ToolProcess(
            executable: python,
            // -I: the user's PYTHONPATH and packages in the home folder would change the environment.
            arguments: ["-I", "-X", "utf8", "-u", runtime + "/light_proof.py", folder],
            variables: variables.merging(Telemetry.variables) { $1 }
        )
        guard let outcome = try await process.run(within: timeout) else {
            throw StudioError(.environment, "The comparison did not end within \(timeout).")
        }
        guard outcome.succeeded, let line = outcome.lines.last,
            let result = try? JSONDecoder().decode(Result.self, from: Data(line.utf8))
        else {
            let words = outcome.lines.last { !$0.isEmpty } ?? "it printed nothing"
            return LoaderProof(subject: subject, isSame: false, reason: "the comparison failed: \(words.prefix(500))")
        }
        return LoaderProof(
            subject: subject,
            isSame: result.isSame,
            rows: result.rows,
            reason: result.reason.map { String($0.prefix(500)) }
        )
    }

    /// What the script prints.
    private struct Result: Decodable {
        var isSame: Bool
        var rows: Int?
        var reason: String?

        enum CodingKeys: String, CodingKey {
            case isSame = "is_same"
            case rows, reason
        }
    }
}
