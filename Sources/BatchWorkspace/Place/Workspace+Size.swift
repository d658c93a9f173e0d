import BatchDomain
import SystemKit

extension Workspace {
    /// The size of all its files in bytes; a file with several names counts once for each.
    package func bytes() -> Int { FolderSize.bytes(of: folder.path) }
}
