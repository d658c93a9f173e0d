import FoundationEssentials

/// The tools of this machine for Python environments, as `doctor` shows them.
package struct ToolReport: Equatable, Sendable, Codable {
    /// An environment in the cache.
    package struct Entry: Equatable, Sendable, Codable {
        /// The digest of what was asked.
        package var digest: String
        /// Its folder.
        package var folder: String
        /// Its size; files shared with other environments count for the first of them.
        package var bytes: Int?
        /// Its record; nil while it is being built, or when a build was interrupted.
        package var record: EnvironmentRecord?
    }

    /// The interpreters that run, in the order of the search.
    package var pythons: [PythonInterpreter]
    /// The uv that would be used; nil when the next build has to fetch it.
    package var uv: UVTool?
    /// The cache's folder.
    package var cache: String
    /// The size of all in it.
    package var cacheBytes: Int?
    /// The environments in it.
    package var environments: [Entry]

    /// Looks at this machine; fetches and changes nothing.
    package static func current(
        cache: CacheFolder? = nil,
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) async -> ToolReport {
        let cache = cache ?? CacheFolder(variables: variables)
        async let uv = UVTool.find(cache: cache, variables: variables)
        let sizes = await sizes(below: cache, variables)
        let environments = EnvironmentSlot.all(in: cache).map { slot in
            Entry(
                digest: slot.digest,
                folder: slot.folder,
                bytes: sizes[slot.folder],
                record: slot.finished()?.record
            )
        }
        return ToolReport(
            pythons: await pythons.installed(),
            uv: await uv,
            cache: cache.path,
            cacheBytes: sizes[cache.path],
            environments: environments
        )
    }

    /// The size of a cache in bytes; nil where it can't be measured.
    package static func bytes(of cache: CacheFolder, variables: [String: String]) async -> Int? {
        await sizes(below: cache, variables)[cache.path]
    }

    /// Sizes of the cache and the folders two levels down, as `du` counts them: a file with many links once.
    static func sizes(below cache: CacheFolder, _ variables: [String: String]) async -> [String: Int] {
        let process = ToolProcess(
            executable: "/usr/bin/du",
            arguments: ["-k", "-d", "2", cache.path],
            variables: variables
        )
        let lines = (try? await process.run())?.lines ?? []
        var sizes: [String: Int] = [:]
        for line in lines {
            let columns = line.split(separator: "\t", maxSplits: 1)
            guard columns.count == 2, let kibibytes = Int(columns[0]) else { continue }
            sizes[String(columns[1])] = kibibytes * 1024
        }
        return sizes
    }
}
