import BatchDomain
import FoundationEssentials
import Logging
import StudioCore
import Synchronization
import TerminalKit
import TerminalTestSupport
import TestSupport
import Testing

@testable import StudioUI

struct `The studio on a workspace` {
    /// The actions of the user at the keyboard.
    private enum Move: Sendable {
        case key(Key)
        case expect(String)

        var step: RecordingTerminal.Step {
            switch self {
            case .key(let key): .key(key)
            case .expect(let text): .expect(text)
            }
        }
    }

    /// A new workspace opens at its home page.
    private let leavingHome: [Move] = [.expect("by last use"), .key("1")]

    /// Plays keys on a real workspace; returns the last screen, and how often the executor was started.
    private func play(
        _ folder: String,
        _ moves: [Move],
        executorFailure: StudioError? = nil
    ) async throws -> (String, Int) {
        let place = WorkspaceFolder(path: folder + "/ws")
        _ = try await SampleWorkspace.fill(place)
        let settings = StudioSettings(environment: ["HOME": folder])
        let calls = CallCounter()
        let studio = try Studio(
            opening: place,
            for: Caller(environment: ["HOME": folder], currentDirectory: folder),
            executor: ExecutorAccess(
                ensureRunning: { _ in
                    calls.add()
                    if let executorFailure { throw executorFailure }
                },
                process: { _ in nil },
                stop: { _ in }
            ),
            logger: Logger(label: "tests")
        )
        let screen = try await OwnThread.run {
            let terminal = RecordingTerminal(
                size: Size(width: 120, height: 36),
                steps: (leavingHome + moves).map(\.step)
            )
            StudioLauncher.run(studio, settings: settings, on: terminal)
            return terminal.hasTimedOut ? "timed out on:\n" + terminal.screen : terminal.screen
        }
        return (screen, calls.count)
    }

    @Test func `changes the default deployment by keyboard alone`() async throws {
        try await withTemporaryFolder { folder in
            let (screen, _) = try await play(
                folder,
                [
                    .expect("▸ new-endpoint"), .key("G"), .key(.enter), .expect("Deployment mlflow  ★ default"),
                    .key("d"), .key(.down), .key(.enter), .expect("Jobs of wine-growers run on mlflow-wide now."),
                    .expect("Default deployment            mlflow-wide"),
                ]
            )
            #expect(screen.contains("Default deployment            mlflow-wide"))
        }
    }

    @Test func `cancels a job and calls the executor`() async throws {
        try await withTemporaryFolder { folder in
            let (screen, calls) = try await play(
                folder,
                [
                    .expect("▸ new-endpoint"), .key("6"), .expect("▸ ● Running"), .key(.enter),
                    .expect("■■✗"), .key("x"), .key(.right), .key(.enter), .expect("The job is being canceled."),
                    .expect("Canceling"),
                ]
            )
            #expect(screen.contains("Canceling"))
            #expect(calls == 1)
        }
    }

    @Test func `says why no executor runs after the change that needs one`() async throws {
        try await withTemporaryFolder { folder in
            let (screen, calls) = try await play(
                folder,
                [
                    .expect("▸ new-endpoint"), .key("6"), .expect("▸ ● Running"), .key(.enter),
                    .expect("■■✗"), .key("x"), .key(.right), .key(.enter), .expect("The job is being canceled."),
                    .expect("waits for an executor. It has no memory."),
                ],
                executorFailure: StudioError(.environment, "It has no memory.")
            )
            #expect(screen.contains("Canceling"))
            #expect(calls == 1)
        }
    }

    @Test func `marks the field of a form that the reader of its file complains about`() async throws {
        try await withTemporaryFolder { folder in
            let typed = "sklearn-env\t\tno.yaml".map { $0 == "\t" ? Move.key(.tab) : .key(.character($0)) }
            let (screen, _) = try await play(
                folder,
                [.expect("▸ new-endpoint"), .key("4"), .expect("Python"), .key("c"), .expect("Conda or pip file")]
                    + typed + [.key("ctrl+s"), .expect("It must be a conda file.")]
            )
            #expect(screen.contains("no.yaml"))
        }
    }

    @Test func `follows a log as it is written`() async throws {
        try await withTemporaryFolder { folder in
            let (screen, _) = try await play(
                folder,
                [
                    .expect("▸ new-endpoint"), .key("6"), .expect("▸ ● Running"), .key(.enter),
                    .expect("■■✗"), .key(.tab), .expect("Processed 59 mini batches."),
                ]
            )
            #expect(screen.contains("● following"))
        }
    }
}

private final class CallCounter: Sendable {
    private let calls = Mutex(0)

    var count: Int { calls.withLock { $0 } }

    func add() {
        calls.withLock { $0 += 1 }
    }
}
