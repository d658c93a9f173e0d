import BatchDomain
import BatchWorkers
import FoundationEssentials
import Synchronization

/// A cache of a test's own, removed at its end; the uv on the `PATH` and uv's own cache are shared, for speed.
final class EnvironmentTestCache: Sendable {
    let folder = CacheFolder(path: "/tmp/batchstudio-test-\(UUID().uuidString.prefix(8))")
    private let reported = Mutex<[String]>([])

    deinit {
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    /// What was reported so far.
    var lines: [String] { reported.withLock { $0 } }

    /// Reported lines in one text.
    var text: String { lines.joined(separator: "\n") }

    /// Takes a reported line.
    func report(_ line: String) {
        reported.withLock { $0.append(line) }
    }

    /// A builder on this cache.
    func builder(
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = [:]
    ) -> EnvironmentBuilder {
        let own = ProcessInfo.processInfo.environment
        let tool = CacheFolder().tools + "/uv"
        let uv = FileManager.default.isExecutableFile(atPath: tool) ? ["BATCHSTUDIO_UV": tool] : [:]
        return EnvironmentBuilder(
            cache: folder,
            pythons: pythons,
            variables: own.merging(uv) { own, _ in own }.merging(variables) { _, test in test }
        )
    }

    /// Builds what is asked and keeps the report.
    func build(
        _ requirements: [String],
        python: String? = nil,
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = [:]
    ) async throws -> PythonEnvironment {
        let source = EnvironmentSource(file: "conda.yaml", pythonVersion: python, requirements: requirements)
        let request = EnvironmentRequest(owner: "model wine:1", sources: [source])
        return try await builder(pythons: pythons, variables: variables)
            .environment(for: request) { self.report($0) }
    }
}
