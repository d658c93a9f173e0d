import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit

/// Merges the profiles that workers have made of a job's mini-batches, by the Python of the deployment's environment.
struct ProfileJoin: Sendable {
    let workspace: Workspace
    let job: String
    let python: String

    /// Writes the job's profile; none where no mini-batch has one, as with `profile: off`.
    ///
    /// - Throws: ``StudioError`` when a record is damaged or the script fails; ``FileError``, as when there is no space for it.
    func write() async throws {
        let folder = workspace.folder.job(job)
        let list = folder.path + "/profile-parts.tsv"
        defer { try? FileManager.default.removeItem(atPath: list) }
        let isListed = try await SegmentList(workspace: workspace, job: job).write(to: list) { _, segment in
            guard segment.profileBytes > 0 else { return nil }
            return "\(segment.offset + segment.bytes)\t\(segment.profileBytes)\t\(folder.segments)/\(segment.file)\n"
        }
        guard isListed else { return }
        let script = PythonScript(
            python: python,
            script: try RuntimeFiles.install(in: CacheFolder().path) + "/profile_rows.py",
            arguments: ["join", list, folder.profile],
            variables: ProcessInfo.processInfo.environment
        )
        do {
            try await script.run { _ in }
        } catch let error as StudioError {
            throw DiskSpace.isEnough(at: folder.path) ? error : FileError.diskFull(folder.profile)
        }
    }
}
