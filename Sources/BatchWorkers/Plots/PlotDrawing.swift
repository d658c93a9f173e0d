package import BatchDomain
package import Foundation

/// Draws plots in a process of its own, by Vega-Lite.
package enum PlotDrawing {
    /// The environment that it runs in, built once.
    package static let environment = EnvironmentRequest(
        owner: "plots of reports",
        sources: [
            EnvironmentSource(
                file: "batchstudio's list for plots of reports",
                pythonVersion: nil,
                requirements: ["vl-convert-python>=1.7,<2"]
            )
        ]
    )

    /// The script, among the runtime's files.
    private static let script = "plots.py"

    /// Draws each specification of a JSON list.
    ///
    /// - Parameters:
    ///   - specifications: Vega-Lite specifications.
    ///   - variables: The environment variables.
    ///   - report: Receives the steps that take time.
    /// - Returns: An SVG each, in the same order.
    /// - Throws: ``StudioError`` when the library can't be installed, or fails; `CancellationError`.
    package static func svgs(
        of specifications: Data,
        variables: [String: String],
        report: @escaping @Sendable (String) -> Void
    ) async throws -> [String] {
        let cache = CacheFolder(variables: variables)
        let environment = try await EnvironmentBuilder(cache: cache, variables: variables)
            .environment(for: environment, report: report)
        let folder = try PrivateFolder(named: "batchstudio-plots").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/plots.json"
        try specifications.write(to: URL(fileURLWithPath: file))
        let lines = AsyncStream<String>.makeStream()
        try await PythonScript(
            python: environment.python,
            script: RuntimeFiles.install(in: cache.path) + "/" + script,
            arguments: [file],
            variables: variables
        ).run { lines.continuation.yield($0) }
        lines.continuation.finish()
        var found: [String]?
        for await line in lines.stream where line.hasPrefix("[") {
            found = (try? JSONDecoder().decode([String].self, from: Data(line.utf8))) ?? found
        }
        if let found { return found }
        throw StudioError(.environment, "The plots can't be drawn: \(script) printed none.")
    }
}
