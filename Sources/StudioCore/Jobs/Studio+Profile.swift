package import BatchDomain
import BatchExecutor
import BatchWorkspace
import Foundation

extension Studio {
    /// The profile of a job's predictions.
    ///
    /// - Throws: ``StudioError`` when the job has none, with how to make one, or its file can't be read.
    package func profile(of name: String) async throws -> Profile {
        let job = try await workspace.job(name)
        let file = folder.job(job.name).profile
        guard let data = FileManager.default.contents(atPath: file) else {
            throw job.state.isTerminal ? Self.noProfile(of: job) : Self.notYet(job)
        }
        do {
            let profile = try JSONDecoder().decode(Profile.self, from: data)
            guard profile.version <= Profile.currentVersion else {
                throw StudioError(
                    .file,
                    "The profile of job \(job.name) was made by a newer version.",
                    advice: "Update batchstudio."
                )
            }
            return profile
        } catch is DecodingError {
            throw StudioError(
                .file,
                "The profile of job \(job.name) can't be read: \(file) is damaged.",
                advice: Self.rebuilding(job)
            )
        }
    }

    /// Makes the profile of a completed job again, from its output file.
    ///
    /// - Parameters:
    ///   - name: The job.
    ///   - report: Receives the steps that take time.
    /// - Throws: ``StudioError`` when it has no output that can be read.
    package func rebuildProfile(of name: String, report: @escaping Report) async throws {
        try await ProfileRebuild(in: workspace).run(try await workspace.job(name), report: report)
    }

    private static func notYet(_ job: Job) -> StudioError {
        StudioError(
            .invalidState,
            "Job \(job.name) is \(job.state.rawValue): its profile is made when all rows are scored.",
            advice: "Follow it with: batchstudio job stream -n \(job.name)",
            inStudio: "It is shown here then."
        )
    }

    private static func noProfile(of job: Job) -> StudioError {
        StudioError(
            .notFound,
            "Job \(job.name) has no profile: it was scored by an older version, or with profile: off, or has no rows.",
            advice: Self.rebuilding(job)
        )
    }

    private static func rebuilding(_ job: Job) -> String {
        "Make one from its output with: batchstudio job profile -n \(job.name) --rebuild"
    }
}
