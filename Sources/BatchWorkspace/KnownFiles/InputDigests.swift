package import BatchDomain
package import Foundation

/// The digests of an input's files, which are the same however the workspace is moved.
package struct InputDigests: Sendable {
    private let place: [UInt8]

    package init(of input: JobInput, in folder: WorkspaceFolder) {
        place = Array((input.remote?.address ?? StoredPath(input.root, in: folder).text).utf8)
    }

    /// The digest of a file.
    package func digest(of file: InputFile) -> FileDigest { FileDigest(of: file, in: place) }

    /// A line of a fetcher's listing.
    private struct RemoteFile: Decodable {
        var name: String
        var size: Int?
        var etag: String?
        var mtime: Double?
    }

    /// The files of a fetcher's listing.
    ///
    /// - Parameter listing: A line of JSON a file.
    /// - Returns: A file a line; its digest is nil where the server reports neither size, time nor ETag, so that no version is known; such files are always new.
    package func files(ofListing listing: Data) -> [(file: InputFile, digest: FileDigest?)] {
        let decoder = JSONDecoder()
        return listing.split(separator: UInt8(ascii: "\n")).map { line in
            // A name that is no Unicode can't be read here.
            guard let remote = try? decoder.decode(RemoteFile.self, from: Data(line)) else {
                return (InputFile(path: Array(line)), nil)
            }
            let modified = remote.mtime.map { Int($0 * 1_000_000) * 1000 }
            let file = InputFile(
                path: Array(remote.name.utf8),
                size: remote.size ?? InputFile.unknown,
                modified: modified ?? InputFile.unknown
            )
            let isKnown = remote.size != nil || remote.etag != nil || modified != nil
            return (file, isKnown ? FileDigest(of: file, in: place, etag: remote.etag) : nil)
        }
    }
}
