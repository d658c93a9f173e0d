import BatchDomain
import BatchWorkers
import FoundationEssentials
import Synchronization

/// A cache of a test's own, removed at its end; the uv of the user's cache is shared, for speed.
final class EnvironmentTestCache: Sendable {
    let folder = CacheFolder(path: "/tmp/batchstudio-environment-test-\(UUID().uuidString.prefix(8))")
    private let reported = Mutex<[String]>([])

    deinit {
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    /// What was reported so far.
    var lines: [String] { reported.withLock { $0 } }

    /// Reported lines in one text.
    var text: String { lines.joined(separator: "\n") }

    /// A builder on this cache; `variables` are added to the process's own.
    func builder(
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = [:]
    ) async throws -> EnvironmentBuilder {
        var settings = ProcessInfo.processInfo.environment
        settings["UV_PYTHON_DOWNLOADS"] = "never"
        settings.merge(variables) { _, test in test }
        if settings["BATCHSTUDIO_UV"] == nil {
            settings["BATCHSTUDIO_UV"] = try await UVTool.findOrInstall { _ in }.path
        }
        return EnvironmentBuilder(cache: folder, pythons: pythons, variables: settings)
    }

    /// Builds what is asked and keeps the report.
    func build(
        _ requirements: [String],
        python: String? = nil,
        dated: String? = nil,
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = [:],
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> PythonEnvironment {
        let request = Self.request(requirements, python: python, dated: dated)
        return try await build(request, pythons: pythons, variables: variables, report: report)
    }

    /// Builds what is asked and keeps the report.
    func build(
        _ request: EnvironmentRequest,
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = [:],
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> PythonEnvironment {
        try await builder(pythons: pythons, variables: variables).environment(for: request) { line in
            self.reported.withLock { $0.append(line) }
            report(line)
        }
    }

    /// A model's wish for packages.
    static func request(
        _ requirements: [String],
        python: String? = nil,
        dated: String? = nil
    ) -> EnvironmentRequest {
        let source = EnvironmentSource(file: "conda.yaml", pythonVersion: python, requirements: requirements)
        return EnvironmentRequest(owner: "model wine:1", sources: [source], dated: dated)
    }

    /// Writes a program that stands in for uv: `version` is answered, all else is `body`, a shell script.
    func fakeUV(_ body: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let path = folder.path + "/uv-\(UUID().uuidString.prefix(8))"
        let script = """
            #!/bin/sh
            if [ "$1" = --version ]; then echo "uv 0.13.9"; exit 0; fi
            \(body)
            """
        try Data(script.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }
}
