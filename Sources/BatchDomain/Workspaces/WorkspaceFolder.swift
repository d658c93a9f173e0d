import FoundationEssentials

/// The folder of a workspace and what lies where in it.
package struct WorkspaceFolder: Hashable, Sendable {
    /// The folder, absolute.
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The folder that is meant: `named`, else `$BATCHSTUDIO_WORKSPACE`, else `batchstudio/default` in the XDG data folder.
    package static func resolve(
        named: String?,
        environment: [String: String],
        currentDirectory: String
    ) -> WorkspaceFolder {
        let given = named ?? environment["BATCHSTUDIO_WORKSPACE"]
        if let given, !given.isEmpty {
            return WorkspaceFolder(path: given.absolutePath(in: currentDirectory))
        }
        let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/share"
        return WorkspaceFolder(path: data + "/batchstudio/default")
    }

    /// The last part of the path, for titles.
    package var name: String { path.split(separator: "/").last.map { String($0) } ?? path }
    /// The database.
    package var database: String { path + "/studio.sqlite" }
    /// Registered models, `NAME/VERSION` each.
    package var models: String { path + "/models" }
    /// Snapshots of scoring code.
    package var code: String { path + "/code" }
    /// The default datastore.
    package var blobs: String { path + "/blobs" }
    /// The lock that the running executor holds.
    package var executorLock: String { path + "/executor.lock" }
    /// The lock that one of the open studios holds, counted from 1.
    package func studioLock(_ number: Int) -> String { path + "/studio.\(number).lock" }
    /// The pipe that wakes the running executor.
    package var executorWake: String { path + "/executor.wake" }
    /// The log of the executor itself.
    package var executorLog: String { path + "/executor.log" }
    /// What the last deployment printed that was loaded before a job needed it.
    package var warmUpLog: String { path + "/warm-up.log" }
    /// The last check of a compute target's cluster.
    package func clusterReport(_ target: String) -> String { path + "/clusters/\(target).json" }
    /// The folder in which the last executor made control groups, if it did.
    package var executorGroups: String { path + "/executor.groups" }

    /// Private folders of host processes, one each.
    package var hosts: String { path + "/" + Self.hostsName }
    /// Their folder, from the workspace's.
    package static let hostsName = "hosts"
    /// What is being removed.
    package var trash: String { path + "/.trash" }
    /// Fetched files, shared by the workspace's jobs and bounded.
    package var inputCache: String { path + "/cache" }

    /// The folder of a job, which stays after its end.
    package func job(_ name: String) -> JobFolder { JobFolder(path: path + "/" + Self.job(name)) }

    /// The folder of a version of a model, from the workspace's.
    package static func model(_ id: AssetVersion) -> String { "models/\(id.name)/\(id.version)" }
    /// The folder of a job, from the workspace's.
    package static func job(_ name: String) -> String { "jobs/" + name }
    /// The folder of a job's rows before they are joined, from the workspace's.
    package static func segments(of job: String) -> String { Self.job(job) + "/segments" }
    /// The working folder of a job's scripts, from the workspace's.
    package static func work(of job: String) -> String { Self.job(job) + "/work" }
    /// A snapshot of scoring code, from the workspace's folder.
    package static func code(_ name: String) -> String { "code/" + name }
}

/// The folder of a job.
package struct JobFolder: Hashable, Sendable {
    /// The folder, absolute.
    package let path: String

    /// The frozen list of input files.
    package var manifest: String { path + "/manifest.tsv" }
    /// Where each file of a remote input comes from: a line of JSON each, in the order of the manifest.
    package var remoteListing: String { path + "/remote.jsonl" }
    /// The files of a remote input while they are needed.
    package var inputFiles: String { path + "/inputs/files" }
    /// Why files of a remote input could not be fetched.
    package var inputReasons: String { path + "/inputs/reasons" }
    /// The rows of finished mini-batches, until they are joined.
    package var segments: String { path + "/segments" }
    /// The files that failed, one a line, once the job has ended.
    package var failedFiles: String { path + "/failed_files.csv" }
    /// There once the job has found the output's place free: what is in it later may be the job's own.
    package var outputClaim: String { path + "/output.claimed" }
    /// The identity of the finished output file, to distinguish it from any other of its name.
    package var outputIdentity: String { path + "/output.identity" }
    /// The columns that rows of mini-batches have, all variants that occurred.
    package var columns: String { path + "/columns.json" }
    /// The column types that were inferred for a model without a signature.
    package var inputTypes: String { path + "/input_types.json" }
    /// The profile of the predictions, once the job is Completed.
    package var profile: String { path + "/profile.json" }
    /// The report that the studio wrote of the job.
    package var report: String { path + "/report.html" }
    /// The working folder of the job's scripts.
    package var work: String { path + "/work" }
    /// The logs, in Azure's layout.
    package var logs: String { path + "/logs" }
    /// The controller's log: what the executor did.
    package var controllerLog: String { controllerLogs + "/std_log_0.txt" }
    /// The folder of the controller's log.
    package var controllerLogs: String { path + "/user_logs" }
    /// What the loading of the scoring script printed.
    package var hostLog: String { hostLogs + "/host.txt" }
    /// The folder of what the loading of the scoring script printed.
    package var hostLogs: String { logs + "/sys" }
    /// The folder of what workers print to standard output.
    package var workerOutput: String { logs + "/user/stdout/local" }
    /// The folder of what workers print to standard error.
    package var workerErrors: String { logs + "/user/stderr/local" }
    /// The folder of the exceptions of the scoring script.
    package var exceptions: String { logs + "/user/error/local" }
    /// The folder of the times at which workers printed.
    package var printTimes: String { path + "/print_times" }
    /// The times at which processes that load the scoring script were started.
    package var hostTimes: String { printTimes + "/host" }
}
