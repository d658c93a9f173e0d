import BatchDomain
import BatchWorkspace
import FoundationEssentials
import Synchronization
import TerminalKit
import TerminalTestSupport
import TestSupport
import Testing

@testable import StudioUI

struct `The studio on a workspace` {
    /// What the person at the keyboard does.
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

    /// Plays keys on a real workspace; gives back the last screen, and how often the executor was asked for.
    private func play(_ folder: String, _ moves: [Move]) async throws -> (String, Int) {
        let workspace = try await SampleWorkspace.fill(WorkspaceFolder(path: folder + "/ws"))
        let settings = StudioSettings(environment: ["HOME": folder])
        let calls = CallCounter()
        let count: @Sendable () -> Void = { calls.add() }
        let screen = try await OwnThread.run {
            let terminal = RecordingTerminal(size: Size(width: 120, height: 36), steps: moves.map(\.step))
            StudioLauncher.run(
                workspace: workspace,
                settings: settings,
                on: terminal,
                services: StudioServices(ensureExecutor: count)
            )
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
                    .expect("■■✗"), .key("x"), .key(.right), .key(.enter), .expect("The job is asked to stop."),
                    .expect("CancelRequested"),
                ]
            )
            #expect(screen.contains("CancelRequested"))
            #expect(calls == 1)
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
