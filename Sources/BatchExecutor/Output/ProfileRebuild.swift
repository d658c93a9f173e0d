package import BatchDomain
import BatchWorkers
package import BatchWorkspace
import Foundation
import SystemKit

/// Makes the profile of a job whose workers made none, from its output file.
package struct ProfileRebuild: Sendable {
    private let workspace: Workspace
    private let environments: EnvironmentProvider

    /// - Parameters:
    ///   - workspace: The job's workspace.
    ///   - environments: How the environment that reads files is provided.
    package init(
        in workspace: Workspace,
        environments: @escaping EnvironmentProvider = EnvironmentBuilder.provide
    ) {
        self.workspace = workspace
        self.environments = environments
    }

    /// Reads the output in a stream, replaces the job's profile, and compares it with the endpoint's baseline.
    ///
    /// The cells of CSV have no types: a text that is a number counts as one.
    ///
    /// - Parameters:
    ///   - job: A Completed job with an output file.
    ///   - report: Receives the steps that take time.
    /// - Throws: ``StudioError`` when there is no such output or it can't be read.
    package func run(_ job: Job, report: @escaping @Sendable (String) -> Void) async throws {
        guard job.state == .completed, let file = job.specification.output.file else {
            throw StudioError(
                .invalidState,
                "The profile of job \(job.name) can't be made: the job has no output file.",
                advice: "Profiles are made of the rows of Completed jobs with output_action: append_row."
            )
        }
        guard FileManager.default.fileExists(atPath: file) else {
            throw StudioError(
                .file,
                "The profile of job \(job.name) can't be made: its output \(file) does not exist.",
                advice: "Move the output back, or score the input with a new job."
            )
        }
        let folder = workspace.folder.job(job.name)
        let variants = try ColumnsFile(of: folder).read()
        let variant = try await workspace.firstColumnVariant(of: job.name) ?? 0
        let names = variants.indices.contains(variant) ? variants[variant] : nil
        let script = PythonScript(
            python: try await environments(DataPreviewing.environment, ProcessInfo.processInfo.environment, report),
            script: try RuntimeFiles.install(in: CacheFolder().path) + "/profile_rows.py",
            arguments: [
                "read", file, job.specification.rowFormat.rawValue,
                String(decoding: try JSONEncoder().encode(names), as: UTF8.self),
                job.specification.scoring == .generated ? "1" : "0", folder.profile,
            ],
            variables: ProcessInfo.processInfo.environment
        )
        try await script.run { _ in }
        try await DriftCheck(workspace: workspace).run(job)
    }
}
