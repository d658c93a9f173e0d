import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import Synchronization
import SystemKit

/// The logs of a job, in Azure's layout.
final class JobLogs: Sendable {
    /// Maximum failed files and tracebacks in the logs; the others are in `failed_files.csv` and the database.
    private static let maxFailures = 1_000

    private let folder: JobFolder
    private let descriptor: Int32
    private let level: DeploymentSettings.LoggingLevel
    /// The suffix that distinguishes the files of this run from those of an earlier one.
    private let stamp: String
    private let files = Mutex<[String: LogFile]>([:])
    private let failures = Mutex(0)

    private static let folders = [
        "user_logs", "logs/user/stdout/local", "logs/user/stderr/local", "logs/user/error/local",
        "logs/user/entry_script_log/local", "logs/sys/node/local", "logs/sys/error", "logs/sys/job_report",
        "logs/perf/local", "print_times",
    ]

    /// Opens the logs of a job, adding to what an earlier executor wrote.
    init(_ folder: JobFolder, level: DeploymentSettings.LoggingLevel) throws {
        self.folder = folder
        self.level = level
        let place = try OpenFolder(at: folder.path)
        for name in Self.folders { _ = try place.folder(name, making: true) }
        descriptor = open(folder.controllerLog, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(.write, folder.controllerLog) }
        stamp = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
            .filter { $0.isNumber }
        try Self.layout.write(toFile: folder.logs + "/readme.txt", atomically: true, encoding: .utf8)
    }

    deinit {
        close(descriptor)
    }

    /// Adds a line to the controller's log.
    func info(_ text: String) {
        if level != .warning { write("INFO", text) }
    }

    /// Adds a line about the job's environment; warnings are there at every logging level.
    func environment(_ line: String) {
        let mark = "Warning: "
        if line.hasPrefix(mark) { warning(String(line.dropFirst(mark.count))) } else { info(line) }
    }

    /// Adds a warning to the controller's log.
    func warning(_ text: String) {
        write("WARNING", text)
    }

    /// Adds an error to the controller's log.
    func error(_ text: String) {
        write("ERROR", text)
    }

    /// Keeps the whole of an exception of the scoring script, and says in the controller's log where.
    func exception(_ text: String, traceback: String?, worker: Int?) {
        let name = worker.map(Self.process) ?? "host"
        let path = "logs/user/error/local/\(name).txt"
        let time = Self.timestamp()
        log(path, limit: Self.maxFailures).add("\(time) \(text)\n\(traceback ?? "")")
        log("logs/user/error.txt", limit: Self.maxFailures).add("\(time) \(text) (\(path))")
        report("\(text) (\(path))", as: "ERROR")
    }

    /// Logs a failed file.
    func failure(_ failure: FileFailure) {
        let text = "\(failure.file): \(failure.type): \(failure.message)"
        log("logs/user/error.txt", limit: Self.maxFailures).add("\(Self.timestamp()) \(text)")
        report(text, as: "WARNING")
    }

    /// Logs a problem of the machine: a process that died, a full disk.
    func systemError(_ text: String) {
        warning(text)
        log("logs/sys/error/local.txt").add("\(Self.timestamp()) \(text)")
    }

    /// Logs a mini-batch in its final state.
    func miniBatch(_ record: MiniBatchRecord, rows: Int, worker: Int) {
        let milliseconds = Int(record.startedAt.timeIntervalSince1970 * 1000)
        log("logs/sys/node/local/\(Self.process(worker)).txt").add(
            "\(milliseconds) mini-batch \(record.id): process \(record.pid), attempt \(record.attempts), \(record.files) items, "
                + "\(record.files - record.failedFiles) succeeded, \(record.failedFiles) failed, \(rows) rows, "
                + "\(Int(record.seconds * 1_000_000)) us"
        )
    }

    /// Adds a line about the progress of the whole job.
    func overview(_ text: String) {
        info(text)
        let line = "\(Self.timestamp()) \(text)"
        log("logs/job_progress_overview.\(stamp).txt").add(line)
        log("logs/sys/master_role.txt").add(line)
    }

    /// Adds a line about the machine: the time, its load, its memory.
    func machine() {
        let name = "logs/perf/local/node_resource_usage.csv"
        if !FileManager.default.fileExists(atPath: folder.path + "/" + name) {
            log(name).add("Utc Time,Load 1 min,Memory Total MB,Memory Available MB")
            log(name).flush()
        }
        let memory = MachineMemory.megabytes
        var load = [0.0]
        getloadavg(&load, 1)
        log(name).add("\(Self.timestamp()),\(load[0]),\(memory.total),\(memory.available)")
    }

    /// Writes how the job ended.
    func result(_ text: String, isError: Bool) {
        let name = isError ? "/job_error.\(stamp).txt" : "/job_result.txt"
        try? text.write(toFile: folder.logs + name, atomically: true, encoding: .utf8)
        log("logs/sys/master_role.txt").add("\(Self.timestamp()) \(text)")
        flush()
    }

    /// Writes what has gathered.
    func flush() {
        for file in files.withLock({ Array($0.values) }) { file.flush() }
    }

    /// The files that take a worker's prints.
    func streams(of worker: Int) -> WorkerStreams {
        let name = Self.process(worker)
        return WorkerStreams(
            stdout: folder.workerOutput + "/\(name).stdout.txt",
            stderr: folder.workerErrors + "/\(name).stderr.txt",
            times: folder.printTimes + "/\(name)"
        )
    }

    /// The file that takes the metrics that a worker's script logs.
    func metrics(of worker: Int) -> String {
        folder.logs + String(format: "/user/metrics/process%03d.jsonl", worker)
    }

    /// The file that takes what host processes print; whatever a host prints that is started now has the time of its start.
    func beginHostLog() -> String {
        var status = stat()
        let size = stat(folder.hostLog, &status) == 0 ? Int(status.st_size) : 0
        RecordedTimes.record(Date(), size: size, at: folder.hostTimes)
        return folder.hostLog
    }

    private static func process(_ number: Int) -> String {
        let digits = String(number)
        return "process" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    private func log(_ name: String, limit: Int = 100_000) -> LogFile {
        files.withLock { files in
            if let file = files[name] { return file }
            let file = LogFile(at: folder.path + "/" + name, limit: limit)
            files[name] = file
            return file
        }
    }

    /// Adds a line about a failure to the controller's log, while they are few enough to be read.
    private func report(_ text: String, as level: String) {
        let number = failures.withLock { count in
            count += 1
            return count
        }
        if number <= Self.maxFailures {
            write(level, text)
        } else if number == Self.maxFailures + 1 {
            warning("More failures follow; all of them will be in failed_files.csv.")
        }
    }

    private func write(_ level: String, _ text: String) {
        let time = Self.timestamp()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.map { "\(time) \(level) \($0)\n" }.joined()
        _ = body.withCString { Glibc.write(descriptor, $0, strlen($0)) }
    }

    private static func timestamp() -> String {
        Date().formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: true)
        )
    }

    private static let layout = """
        failed_files.csv                        (beside this folder) every file that failed, with its reason, once the job has ended
        user_logs/std_log_0.txt                 what the executor did; `job stream` shows it
        logs/job_progress_overview.TIME.txt     mini-batches made and processed, time left; a file for each start of the job
        logs/job_result.txt                     how the job ended, or logs/job_error.TIME.txt
        logs/sys/master_role.txt                the same lines of all starts of the job
        logs/sys/node/local/processNNN.txt      a line a mini-batch: when it began (milliseconds since 1970), items, rows, time
        logs/sys/error/local.txt                processes that died, disks that were full
        logs/sys/job_report/                    processed_mini-batches.csv and process_summary.csv, once the job has ended
        logs/sys/host.txt                       what loading the scoring script printed
        logs/user/error.txt                     errors of the scoring script and failed files, a line each, the first thousand
        logs/user/error/local/processNNN.txt    full tracebacks of init() and run(); host.txt where the worker is gone
        logs/user/stdout/local, stderr/local    what the scoring script printed and logged, a file for each worker
        logs/user/entry_script_log/local        what the script logs by Azure's EntryScript helper
        logs/user/metrics/                      what the script logged with azureml's Run.log()
        logs/perf/local/                        load and memory of this machine, every ten minutes

        """
}
