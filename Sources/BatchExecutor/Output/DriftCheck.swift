import BatchDomain
import BatchWorkspace
import Foundation

/// Compares a job's profile with that of its endpoint's baseline, and records what is found with the job.
struct DriftCheck: Sendable {
    let workspace: Workspace

    /// Compares a job whose profile was made.
    ///
    /// - Returns: The drift; nil where the endpoint has no baseline, is gone, or the job is the baseline itself.
    /// - Throws: ``StudioError`` when the result can't be recorded.
    @discardableResult
    func run(_ job: Job) async throws -> Drift? {
        let profile = read(job.name)
        let endpoints = try await workspace.endpoints()
        let endpoint = endpoints.first { $0.name == job.specification.endpointName }
        var drift: Drift?
        if let baseline = endpoint?.baseline, baseline != job.name { drift = self.drift(of: profile, from: baseline) }
        try await workspace.record(profile.map { ProfileSummary($0) }, drift, of: job.name)
        return drift
    }

    private func drift(of profile: Profile?, from baseline: String) -> Drift {
        guard let profile else {
            return Drift(notComparedWith: baseline, because: "the job has no profile (profile: off, or no rows).")
        }
        guard let first = read(baseline) else {
            return Drift(notComparedWith: baseline, because: "the baseline's profile can't be read.")
        }
        return Drift(of: profile, from: first, named: baseline)
    }

    /// The profile of a job; nil where it has none that this version can read.
    private func read(_ job: String) -> Profile? {
        let data = FileManager.default.contents(atPath: workspace.folder.job(job).profile)
        let profile = data.flatMap { try? JSONDecoder().decode(Profile.self, from: $0) }
        return profile.flatMap { $0.version <= Profile.currentVersion ? $0 : nil }
    }
}
