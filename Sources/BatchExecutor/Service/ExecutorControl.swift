package import BatchDomain
package import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import SystemKit

/// The control of a workspace's executor for faces: status, start, wake-up, stop.
package struct ExecutorControl: Sendable {
    /// The state of an executor.
    package enum Status: Equatable, Sendable {
        case stopped
        case running(pid: Int)
    }

    /// How long to wait for an executor's first line: a machine under load takes seconds to start a program.
    private static let startTimeout: Duration = .seconds(60)
    /// How long to wait until an executor has noticed a wake-up.
    private static let wakeTimeout: Duration = .seconds(2)
    /// Maximum starts of an executor that ends right after each.
    private static let maxStarts = 3
    /// How long to wait for the end of an executor that was asked to stop.
    var stopTimeout: Duration = .seconds(10)

    private let folder: WorkspaceFolder
    private let executable: String

    /// Runs `executable` as executor: this program itself unless a test names another.
    package init(folder: WorkspaceFolder, executable: String? = nil) {
        self.folder = folder
        self.executable =
            executable ?? ProcessInfo.processInfo.environment["BATCHSTUDIO_EXECUTABLE"] ?? "/proc/self/exe"
    }

    /// Returns whether an executor runs now.
    package func status() throws -> Status {
        guard try FileLock.isHeld(at: folder.executorLock) else { return .stopped }
        return .running(pid: ExecutorHolder(readingLockAt: folder.executorLock).pid)
    }

    /// Makes sure that an executor runs and checks the queue.
    ///
    /// One that was started where the workspace lay before, or for a database that was replaced since, ends first.
    ///
    /// The lock alone is not enough: a process that was killed, or that exits, keeps it for a moment. An executor runs when it has read
    /// a wake-up.
    ///
    /// - Throws: ``StudioError`` with code `environment` when it doesn't start or answer, with the reason.
    package func ensureRunning() throws {
        let end = ContinuousClock.now + Self.startTimeout
        var starts = 0
        while true {
            let holder = ExecutorHolder(readingLockAt: folder.executorLock)
            let isRunning = try status() != .stopped
            if isRunning, !holder.serves(folder), holder.holds(folder.executorLock) {
                try stop(holder.pid)
                continue
            }
            if !isRunning {
                guard starts < Self.maxStarts else {
                    throw Self.failure(.ended(nil), words: "", log: folder.executorLog)
                }
                starts += 1
                try start()
            }
            if wake() { return }
            guard ContinuousClock.now < end else { throw silence(of: holder.pid) }
            usleep(5_000)
        }
    }

    /// Makes the running executor check the queue.
    ///
    /// - Returns: Whether it has noticed; false when there is none, or when it ends before it does.
    @discardableResult
    package func wake() -> Bool {
        WakePipe.wake(at: folder.executorWake, within: Self.wakeTimeout)
    }

    /// Stops the running executor; the next one resumes its jobs.
    ///
    /// - Throws: ``StudioError`` when it does not stop within ten seconds.
    package func stop() throws {
        let deadline = ContinuousClock.now + stopTimeout
        while case .running(let pid) = try status() {
            if ExecutorHolder(pid: pid).holds(folder.executorLock) { return try stop(pid) }
            // One that starts has not written its process into the lock's file yet; what is there may be another's.
            guard ContinuousClock.now < deadline else { throw silence(of: 0) }
            usleep(5_000)
        }
    }

    private func stop(_ pid: Int) throws {
        kill(pid_t(pid), SIGTERM)
        let deadline = ContinuousClock.now + stopTimeout
        // One that leaves has cleared the lock's file for a moment before it releases the lock.
        while case .running(let holder) = try status(), holder == pid || holder == 0 {
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

    private func silence(of pid: Int) -> StudioError {
        guard pid > 0 else {
            return StudioError(
                .environment,
                "The process that holds \(folder.executorLock) does not answer.",
                advice: "A repair holds the lock until it has ended."
            )
        }
        return StudioError(
            .environment,
            "The executor (process \(pid)) does not answer.",
            advice: "Its log is \(folder.executorLog). Nothing is lost if you kill it: kill -9 \(pid)"
        )
    }

    /// Starts an executor that checks everything that jobs need and exits at once; returns each result as it came.
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
