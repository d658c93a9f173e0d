import BatchDomain
import Foundation

extension Workspace {
    /// The size of all its files in bytes; a file with several names counts once for each.
    package func bytes() -> Int {
        let names = FileManager.default.enumerator(atPath: folder.path)
        var bytes = 0
        while names?.nextObject() != nil {
            guard let attributes = names?.fileAttributes, attributes[.type] as? FileAttributeType == .typeRegular
            else { continue }
            bytes += (attributes[.size] as? NSNumber)?.intValue ?? 0
        }
        return bytes
    }
}
