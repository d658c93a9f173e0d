package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// The specification of a job on one file, for a test of a deployment without a job; nothing is recorded.
    ///
    /// - Parameters:
    ///   - deployment: The deployment's name; nil for the endpoint's default.
    ///   - endpoint: The endpoint's name.
    ///   - file: The file to score, absolute.
    ///   - folder: Where a script may write under `summary_only`.
    /// - Returns: The specification.
    /// - Throws: ``StudioError`` when endpoint, deployment or file are missing.
    package func trialSpecification(
        of deployment: String?,
        endpoint: String,
        file: String,
        folder: String
    ) async throws -> JobSpecification {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw StudioError(.notFound, "There is no file \(file).", advice: "Check the path.")
        }
        if isFolder.boolValue {
            throw StudioError(.file, "\(file) is a folder: a test scores one file.", advice: "Name a file in it.")
        }
        try SpecialFile.refuse(file)
        let invocation = Invocation(endpointName: endpoint, deploymentName: deployment, input: .local(file))
        return try await database.read { db in
            try Self.specification(
                of: Self.deployment(for: invocation, db),
                input: JobInput(reference: .local(file), kind: .file, path: file),
                output: { settings in
                    JobOutput(
                        location: DatastorePath(datastore: Datastore.defaultName, path: "trial"),
                        folder: folder,
                        fileName: settings.outputAction == .appendRow ? settings.outputFileName : nil
                    )
                },
                db
            )
        }
    }

    /// The specification of what runs as a job of a deployment would, without being one.
    static func specification(
        of deployment: Deployment,
        input: JobInput,
        output: (DeploymentSettings) -> JobOutput,
        _ db: Database
    ) throws -> JobSpecification {
        let model = try Model.find(db, AssetReference(deployment.model))
        return JobSpecification(
            endpointName: deployment.endpointName,
            deploymentName: deployment.name,
            model: model.id,
            modelPath: model.path,
            scoring: deployment.scoring,
            environment: try environmentRequest(of: deployment, model: model, db),
            compute: deployment.compute,
            settings: deployment.settings,
            overrides: SettingsOverrides(),
            input: input,
            output: output(deployment.settings)
        )
    }
}
