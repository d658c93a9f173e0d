import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import Synchronization

/// The logs of a job, in Azure's layout.
final class JobLogs: Sendable {
    private let folder: JobFolder
    private let descriptor: Int32
    private let level: DeploymentSettings.LoggingLevel

    /// Opens the logs of a job, adding to what an earlier executor wrote.
    init(_ folder: JobFolder, level: DeploymentSettings.LoggingLevel) throws {
        self.folder = folder
        self.level = level
        let folders = ["user_logs", "logs/user/stdout", "logs/user/stderr", "logs/user/error", "logs/sys"]
        for name in folders {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/" + name,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        descriptor = open(folder.controllerLog, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.error(at: folder.controllerLog) }
        try Self.layout.write(toFile: folder.logs + "/readme.txt", atomically: true, encoding: .utf8)
    }

    deinit {
        close(descriptor)
    }

    /// Adds a line to the controller's log.
    func info(_ text: String) {
        if level != .warning { write("INFO", text) }
    }

    /// Adds a warning to the controller's log.
    func warning(_ text: String) {
        write("WARNING", text)
    }

    /// Adds an error to the controller's log.
    func error(_ text: String) {
        write("ERROR", text)
    }

    /// Keeps the whole of an exception, and says in the controller's log where.
    func exception(_ text: String, traceback: String?, worker: Int?) {
        let name = worker.map { String(format: "process%03d.txt", $0) } ?? "host.txt"
        let path = folder.logs + "/user/error/" + name
        let body = "\(Self.timestamp()) \(text)\n\(traceback ?? "")\n"
        if let handle = Self.appending(path) {
            handle.write(Data(body.utf8))
            try? handle.close()
        }
        error("\(text) (logs/user/error/\(name))")
    }

    /// Replaces the overview of progress.
    func overview(_ text: String) {
        try? text.write(toFile: folder.logs + "/job_progress_overview.txt", atomically: true, encoding: .utf8)
    }

    /// Writes how the job ended.
    func result(_ text: String, isError: Bool) {
        let name = isError ? "/job_error.txt" : "/job_result.txt"
        try? text.write(toFile: folder.logs + name, atomically: true, encoding: .utf8)
    }

    /// The files that take a worker's prints.
    func streams(of worker: Int) -> WorkerStreams {
        let name = String(format: "process%03d", worker)
        return WorkerStreams(
            stdout: folder.logs + "/user/stdout/\(name).stdout.txt",
            stderr: folder.logs + "/user/stderr/\(name).stderr.txt"
        )
    }

    /// The file that takes the metrics that a worker's script logs.
    func metrics(of worker: Int) -> String {
        folder.logs + String(format: "/user/metrics/process%03d.jsonl", worker)
    }

    /// The file that takes what host processes print.
    var hostLog: String { folder.logs + "/sys/host.txt" }

    private func write(_ level: String, _ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.map { "\(Self.timestamp()) \(level) \($0)\n" }.joined()
        _ = body.withCString { Glibc.write(descriptor, $0, strlen($0)) }
    }

    private static func appending(_ path: String) -> FileHandle? {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        return descriptor >= 0 ? FileHandle(fileDescriptor: descriptor, closeOnDealloc: true) : nil
    }

    private static func timestamp() -> String {
        Date().formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: true)
        )
    }

    private static let layout = """
        user_logs/std_log_0.txt          what the executor did; `job stream` shows it
        logs/job_progress_overview.txt   mini-batches, files, rows and time
        logs/job_result.txt              how the job ended, or logs/job_error.txt
        logs/user/error/                 full tracebacks of the scoring script
        logs/user/stdout, stderr/        what the scoring script printed, a file for each worker
        logs/user/metrics/               what the scoring script logged with azureml's Run.log()
        logs/sys/host.txt                what loading the scoring script printed

        """
}
