package import BatchDomain
import BatchWorkers
package import Foundation

extension Studio {
    /// The parts of the cache that all workspaces of the user share, and the downloaded inputs of a workspace.
    package static func cacheParts(of folder: WorkspaceFolder, for caller: Caller) async throws -> [CachePart] {
        try await CacheFolder(variables: caller.environment)
            .parts(inputs: folder.inputCache, of: folder.path, variables: caller.environment)
    }

    /// Removes parts of the cache; what a process uses stays, at whatever moment that is asked.
    ///
    /// - Returns: Each part of the wanted kinds, and what became of it.
    package static func cleanCache(
        _ cleaning: CacheCleaning,
        of folder: WorkspaceFolder,
        for caller: Caller,
        now: Date
    ) async throws -> [CleanedPart] {
        let cache = CacheFolder(variables: caller.environment)
        var cleaned: [CleanedPart] = []
        for part in try await cacheParts(of: folder, for: caller) where cleaning.kinds.contains(part.kind) {
            if part.state == .inUse {
                cleaned.append(CleanedPart(part: part, outcome: .inUse))
            } else if cleaning.isRecent(part, now: now) {
                cleaned.append(CleanedPart(part: part, outcome: .recent))
            } else if cleaning.isDryRun {
                cleaned.append(CleanedPart(part: part, outcome: .removable, freedBytes: part.idleBytes ?? 0))
            } else {
                let isRemoved = try cache.remove(part)
                let freed = isRemoved ? part.idleBytes ?? 0 : 0
                cleaned.append(CleanedPart(part: part, outcome: isRemoved ? .removed : .inUse, freedBytes: freed))
            }
        }
        return cleaned
    }
}

extension CacheCleaning {
    fileprivate func isRecent(_ part: CachePart, now: Date) -> Bool {
        guard let unusedDays, let lastUse = part.lastUse else { return false }
        return now.timeIntervalSince(lastUse) < Double(unusedDays) * 24 * 60 * 60
    }
}
