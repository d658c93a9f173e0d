package import BatchDomain
import BatchWorkers
package import BatchWorkspace
import Foundation
import Glibc

/// What a face can do with the executor of a workspace: see it, start it, wake it, stop it.
package struct ExecutorControl: Sendable {
    /// Whether an executor runs.
    package enum Status: Equatable, Sendable {
        case stopped
        case running(pid: Int)
    }

    /// How long to wait for an executor's first line: a machine under load takes seconds to start a program.
    private static let startTimeout: Duration = .seconds(60)

    private let folder: WorkspaceFolder
    private let executable: String

    /// Runs `executable` as executor: this program itself unless a test names another.
    package init(folder: WorkspaceFolder, executable: String? = nil) {
        self.folder = folder
        self.executable =
            executable ?? ProcessInfo.processInfo.environment["BATCHSTUDIO_EXECUTABLE"] ?? "/proc/self/exe"
    }

    /// Whether an executor runs now.
    package func status() throws -> Status {
        guard try ExecutorLock.isHeld(at: folder.executorLock) else { return .stopped }
        return .running(pid: ExecutorHolder(readingLockAt: folder.executorLock).pid)
    }

    /// Makes sure that an executor runs and looks at the queue.
    ///
    /// One that was started where the workspace lay before, or for a database that was replaced since, ends first.
    ///
    /// - Throws: ``StudioError`` with code `environment` when it doesn't start, with the reason.
    package func ensureRunning() throws {
        if try status() != .stopped, !ExecutorHolder(readingLockAt: folder.executorLock).serves(folder) { try stop() }
        if try status() == .stopped { try start() }
        wake()
    }

    /// Has the running executor look at the queue; nothing when there is none.
    package func wake() {
        let descriptor = open(folder.executorWake, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var byte: UInt8 = 1
        _ = write(descriptor, &byte, 1)
    }

    /// Stops the running executor; its jobs go on when one is started again.
    ///
    /// - Throws: ``StudioError`` when it does not stop within ten seconds.
    package func stop() throws {
        guard case .running(let pid) = try status(), pid > 0 else { return }
        kill(pid_t(pid), SIGTERM)
        let deadline = ContinuousClock.now + .seconds(10)
        while try status() != .stopped {
            guard ContinuousClock.now < deadline else {
                throw StudioError(
                    .invalidState,
                    "The executor (process \(pid)) does not stop.",
                    advice: "Its log is \(folder.executorLog). Nothing is lost if you kill it: kill -9 \(pid)"
                )
            }
            usleep(5_000)
        }
    }

    /// Starts an executor that tries all that jobs need and leaves at once; returns each result as it came.
    ///
    /// - Throws: ``StudioError`` when it can't be started, or ends before it has tried all.
    package func probe() throws -> [(check: StartCheck, result: Result<String, StudioError>)] {
        let folder = try? PrivateFolder(named: "batchstudio-check")
        let log = folder.map { $0.path + "/log" } ?? "/dev/null"
        defer { if let folder { try? FileManager.default.removeItem(atPath: folder.path) } }
        var results: [(check: StartCheck, result: Result<String, StudioError>)] = []
        var failure: StudioError?
        let outcome = try spawn("--probe", log: log) { line in
            switch line {
            case .checked(let check, let result): results.append((check, result))
            case .failed(let error): failure = error
            case .ready: return true
            }
            return failure != nil
        }
        if let failure { throw failure }
        if outcome != .answered { throw Self.failure(outcome, words: words(in: log, after: 0), log: nil) }
        return results
    }

    private func start() throws {
        let log = folder.executorLog
        ExecutorLog.rotate(log)
        let size = ExecutorLog.size(of: log)
        var failure: StudioError?
        let outcome = try spawn(log: log) { line in
            if case .failed(let error) = line { failure = error }
            return true
        }
        if let failure {
            throw StudioError(
                failure.code,
                "The executor did not start: \(failure.message)",
                advice: failure.advice ?? "Its log is \(log)."
            )
        }
        if outcome != .answered { throw Self.failure(outcome, words: words(in: log, after: size), log: log) }
    }

    private func spawn(
        _ options: String...,
        log: String,
        isLast: (StartLine) -> Bool
    ) throws -> DetachedStart.Outcome {
        try DetachedStart(
            executable: executable,
            arguments: ["batchstudio", "executor", "serve", "--workspace", folder.path, "--ready-fd", "3"] + options,
            log: log
        ).spawn(deadline: Self.startTimeout, isLast: isLast)
    }

    /// The reason of an executor that has not reported one itself.
    private static func failure(_ outcome: DetachedStart.Outcome, words: String, log: String?) -> StudioError {
        let what =
            switch outcome {
            case .ended(let status?): "it \(ProcessEnd.describe(status))"
            case .ended(nil), .answered: "it closed its pipe"
            case .silent: "it did not answer within \(Int(startTimeout.seconds)) seconds"
            }
        return StudioError(
            .environment,
            "The executor did not start: \(what)\(words.isEmpty ? "" : ": \(words)")",
            advice: log.map { "Its log is \($0)." }
        )
    }

    /// The last line that a process has added to a log, without what was there before.
    private func words(in log: String, after offset: Int) -> String {
        guard let handle = FileHandle(forReadingAtPath: log) else { return "" }
        defer { try? handle.close() }
        try? handle.seek(toOffset: UInt64(offset))
        let data = (try? handle.read(upToCount: 1 << 16)) ?? Data()
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
            .last { !$0.allSatisfy(\.isWhitespace) }
        return String((line ?? "").prefix(300))
    }
}
