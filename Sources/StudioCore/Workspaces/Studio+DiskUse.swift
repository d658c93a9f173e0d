import BatchDomain
import BatchWorkers
import Foundation
import SystemKit

extension Studio {
    /// The disk space of the workspace and of the user's caches.
    package func diskUse() -> DiskUse {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return DiskUse(
            workspace: bytes(),
            inputCache: FolderSize.bytes(of: folder.inputCache),
            environments: FolderSize.bytes(of: CacheFolder(variables: caller.environment).path),
            free: (attributes?[.systemFreeSize] as? NSNumber)?.intValue
        )
    }
}
