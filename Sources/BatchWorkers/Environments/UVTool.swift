import FoundationEssentials

/// `uv`, which builds environments: where it is and which it is.
package struct UVTool: Equatable, Sendable, Codable {
    /// How it was found.
    package enum Origin: String, Sendable, Codable {
        /// Named by `$BATCHSTUDIO_UV`.
        case named
        /// Fetched by batchstudio into its cache.
        case cache
        /// On the `PATH`.
        case path
    }

    /// Its absolute path.
    package var path: String
    /// Its version, `0.13.9`.
    package var version: String
    /// How it was found.
    package var origin: Origin

    /// Looks for it: `$BATCHSTUDIO_UV`, the cache's own copy, `PATH`; nil when none is there and new enough.
    package static func find(
        cache: CacheFolder? = nil,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) async -> UVTool? {
        let cache = cache ?? CacheFolder(variables: variables)
        if let named = variables["BATCHSTUDIO_UV"], !named.isEmpty {
            return await ask(named, origin: .named, variables)
        }
        if let own = await own(in: cache, variables) { return own }
        for folder in (variables["PATH"] ?? "").split(separator: ":") where folder.hasPrefix("/") {
            if let tool = await ask("\(folder)/uv", origin: .path, variables) { return tool }
        }
        return nil
    }

    /// Looks for it, and fetches it from the package index into the cache where there is none.
    package static func findOrInstall(
        cache: CacheFolder? = nil,
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = ProcessInfo.processInfo.environment,
        report: @Sendable (String) -> Void
    ) async throws -> UVTool {
        let cache = cache ?? CacheFolder(variables: variables)
        if let tool = await find(cache: cache, variables: variables) { return tool }
        if let named = variables["BATCHSTUDIO_UV"], !named.isEmpty {
            throw EnvironmentFailure.noUV(
                "BATCHSTUDIO_UV names \(named), which is not a working uv \(minimum) or later."
            )
        }
        let bootstrap = UVBootstrap(cache: cache, pythons: await pythons.installed(), variables: variables)
        try await bootstrap.install(report: report)
        guard let tool = await find(cache: cache, variables: variables) else {
            throw EnvironmentFailure.noUV("the copy at \(ownPath(in: cache)) does not run.")
        }
        report("uv \(tool.version) is ready: \(tool.path)")
        return tool
    }

    /// The cache's own copy; nil when there is none that runs.
    static func own(in cache: CacheFolder, _ variables: [String: String]) async -> UVTool? {
        await ask(ownPath(in: cache), origin: .cache, variables)
    }

    /// Where the cache keeps its own copy.
    static func ownPath(in cache: CacheFolder) -> String { cache.tools + "/uv" }

    /// The oldest version with all that is used here.
    private static let minimum = "0.5"

    private static func ask(_ path: String, origin: Origin, _ variables: [String: String]) async -> UVTool? {
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        let process = ToolProcess(executable: path, arguments: ["--version"], variables: variables)
        guard let outcome = try? await process.run(), outcome.succeeded else { return nil }
        let words = outcome.text.split(separator: " ")
        guard words.count >= 2, words[0] == "uv", let version = PythonVersion(String(words[1])),
            version >= PythonVersion(0, 5)
        else { return nil }
        return UVTool(path: path, version: version.description, origin: origin)
    }
}
