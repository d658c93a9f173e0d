package import BatchDomain
import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// The process that lists a remote input and downloads its files; it ends when its standard input is closed, so that it never outlives the executor.
package final class FetcherProcess: Sendable {
    /// The environment that it runs in: fsspec and its drivers, built once, when a job first reads a remote input.
    package static let environment = EnvironmentRequest(
        owner: "remote inputs",
        sources: [
            EnvironmentSource(
                file: "batchstudio's list for remote inputs",
                pythonVersion: nil,
                requirements: ["fsspec==2026.9.0", "s3fs==2026.9.0", "adlfs==2026.8.0", "aiohttp>=3.12,<4"]
            )
        ]
    )

    private let orders: AsyncStream<Data>.Continuation
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Starts the process.
    ///
    /// - Parameters:
    ///   - python: The interpreter of ``environment``.
    ///   - runtime: The folder of the runtime's files.
    ///   - variables: Its whole environment, apart from what is set here.
    ///   - log: The file that takes what its libraries print.
    ///   - workspaceID: Marks the process, so that a later executor can find those that a dead one left.
    ///   - onEvent: Receives its messages in order; `ended` is the last.
    package init(
        python: String,
        runtime: String,
        variables: [String: String],
        log: String,
        workspaceID: String,
        onEvent: @escaping @Sendable (FetcherEvent) -> Void
    ) {
        let (stream, orders) = AsyncStream<Data>.makeStream()
        self.orders = orders
        var settings = variables
        settings["BATCHSTUDIO_WORKSPACE_ID"] = workspaceID
        for name in ["PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"] { settings[name] = nil }
        let pairs = settings.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let environment = Environment.custom(Dictionary(uniqueKeysWithValues: pairs))
        let running = Task {
            do {
                let status = try await Self.run(python, runtime, environment, log: log, orders: stream, onEvent)
                onEvent(.ended(ProcessEnd.describe(status)))
            } catch {
                onEvent(.ended("can't be started: \(error)"))
            }
        }
        task.withLock { $0 = running }
    }

    deinit { orders.finish() }

    /// Sends a message.
    package func send(_ order: FetcherOrder) { orders.yield(order.line) }

    /// Ends the process and waits for its end.
    package func stop() async {
        orders.finish()
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
    }

    private static func run(
        _ python: String,
        _ runtime: String,
        _ environment: Environment,
        log: String,
        orders: AsyncStream<Data>,
        _ onEvent: @escaping @Sendable (FetcherEvent) -> Void
    ) async throws -> Int {
        try SpareDescriptors.require()
        let file = try FileDescriptor.log(at: log)
        let result = try await Subprocess.run(
            .path(FilePath(python)),
            // -I: the user's PYTHONPATH and packages in the home folder would change the environment.
            arguments: ["-I", "-X", "utf8", "-u", runtime + "/fetcher.py"],
            environment: environment,
            workingDirectory: FilePath(runtime),
            platformOptions: .ownSession,
            input: .inputWriter,
            output: .sequence,
            error: .fileDescriptor(file, closeAfterSpawningProcess: true)
        ) { execution in
            let writer = execution.standardInputWriter
            let writing = Task {
                do {
                    for await line in orders { _ = try await writer.write(Array(line)) }
                    try await writer.finish()
                } catch {
                    // It is gone, which its end reports.
                }
            }
            defer { writing.cancel() }
            var lines = LineSplitter()
            for try await buffer in execution.standardOutput {
                for line in try lines.take(buffer.withUnsafeBytes { Array($0) }) {
                    if let event = FetcherEvent(line) { onEvent(event) }
                }
            }
        }
        return result.terminationStatus.number
    }
}
