import BatchDomain
import BatchWorkers
import Foundation
import SystemKit

extension Studio {
    /// The disk space of the workspace and of the user's caches.
    package func diskUse() async -> DiskUse {
        let variables = caller.environment
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return DiskUse(
            workspace: bytes(),
            inputCache: FolderSize.bytes(of: folder.inputCache),
            environments: await ToolReport.bytes(of: CacheFolder(variables: variables), variables: variables),
            free: (attributes?[.systemFreeSize] as? NSNumber)?.intValue
        )
    }
}
