import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

/// The output files that were opened last, with the places of their rows: a page that is turned does not read from the beginning again.
actor RowFiles {
    private struct Identity: Equatable {
        var path: String
        var bytes: Int
        var modifiedAt: Double
    }

    private var opened: [(identity: Identity, file: RowFile)] = []
    private static let capacity = 4

    /// The rows of a file; read again from the beginning where the file is another one now.
    ///
    /// - Throws: ``StudioError`` when there is no such file.
    func file(at path: String, format: RowFormat) throws -> RowFile {
        guard case .file(let bytes, let time)? = try FolderEntry(at: path)?.kind else {
            throw StudioError(.file, "There is no file \(path).", advice: "Run the job again to write it.")
        }
        let identity = Identity(path: path, bytes: bytes, modifiedAt: time)
        if let known = opened.first(where: { $0.identity == identity }) { return known.file }
        let file = RowFile(path, format: format)
        opened = [(identity, file)] + opened.filter { $0.identity.path != path }.prefix(Self.capacity - 1)
        return file
    }
}
