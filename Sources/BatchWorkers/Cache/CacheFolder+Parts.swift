package import BatchDomain
import FoundationEssentials
import SystemKit

extension CacheFolder {
    /// The runtimes of the versions of batchstudio.
    var runtimes: String { path + "/runtime" }

    /// The parts of the cache and the downloaded inputs of a workspace, of each kind the least recently used first.
    ///
    /// - Parameters:
    ///   - inputs: The folder of the downloaded inputs.
    ///   - workspace: The workspace that they belong to, in words.
    ///   - variables: The environment of the process that measures sizes.
    /// - Returns: The parts.
    /// - Throws: ``FileError`` when a folder can't be read.
    package func parts(inputs: String, of workspace: String, variables: [String: String]) async throws -> [CachePart] {
        let sizes = await ToolReport.sizes(below: self, variables)
        let environments = EnvironmentSlot.all(in: self).map { part(of: $0, sizes) }
        let runtimes = try FolderEntry.all(in: runtimes, mayBeMissing: true).filter { $0.kind == .folder }
            .map { part(ofRuntime: $0.path, sizes) }
        let downloads = try InputCache(folder: inputs).part(of: workspace)
        return oldestFirst(environments) + oldestFirst(runtimes) + (downloads.map { [$0] } ?? [])
    }

    /// Removes a part, unless it is in use by now; a killed removal leaves nothing that is taken for whole.
    ///
    /// - Returns: False when it is in use.
    package func remove(_ part: CachePart) throws -> Bool {
        switch part.kind {
        case .environment:
            return try CacheUse.excluding(part.path) { EnvironmentSlot(folder: part.path).clear() } != nil
        case .runtime:
            // Its files are checked one by one when it is used, and written again.
            return try CacheUse.excluding(part.path) { try FileManager.default.removeItem(atPath: part.path) } != nil
        case .input:
            try InputCache(folder: part.path).removeIdle()
            return true
        }
    }

    private func oldestFirst(_ parts: [CachePart]) -> [CachePart] {
        parts.sorted { ($0.lastUse ?? .distantPast, $0.path) < ($1.lastUse ?? .distantPast, $1.path) }
    }

    private func part(of slot: EnvironmentSlot, _ sizes: [String: Int]) -> CachePart {
        let record = slot.finished()?.record
        let isInUse = CacheUse.isInUse(slot.folder)
        return CachePart(
            kind: .environment,
            name: String(slot.digest.prefix(12)),
            path: slot.folder,
            bytes: sizes[slot.folder],
            lastUse: lastUse(of: slot.folder) ?? record?.builtAt,
            state: isInUse ? .inUse : record == nil ? .unfinished : .idle,
            purpose: record.map { "\($0.owner), Python \($0.python.version)" } ?? ""
        )
    }

    private func part(ofRuntime folder: String, _ sizes: [String: Int]) -> CachePart {
        let digest = folder.split(separator: "/").last.map(String.init) ?? ""
        return CachePart(
            kind: .runtime,
            name: String(digest.prefix(12)),
            path: folder,
            bytes: sizes[folder],
            lastUse: lastUse(of: folder),
            state: CacheUse.isInUse(folder) ? .inUse : .idle,
            purpose: folder == RuntimeFiles.folder(in: path) ? "this batchstudio" : "another version of batchstudio"
        )
    }

    private func lastUse(of folder: String) -> Date? {
        guard case .file(_, let modifiedAt)? = try? FolderEntry(at: CacheUse.lockFile(of: folder))?.kind else {
            return nil
        }
        return Date(timeIntervalSince1970: modifiedAt.rounded(.down))
    }
}
