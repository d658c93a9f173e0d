import BatchDomain
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
    /// - Throws: ``StudioError`` with code `environment` when it doesn't start, with its last words.
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

    private func start() throws {
        let ready = try DetachedStart(
            executable: executable,
            arguments: ["batchstudio", "executor", "serve", "--workspace", folder.path, "--ready-fd", "3"],
            log: folder.executorLog
        ).spawn(deadline: .seconds(20))
        guard ready else {
            let words = (try? String(contentsOfFile: folder.executorLog, encoding: .utf8))?.suffix(500) ?? ""
            throw StudioError(
                .environment,
                "The executor did not start: \(words)",
                advice: "Its log is \(folder.executorLog)."
            )
        }
    }
}
