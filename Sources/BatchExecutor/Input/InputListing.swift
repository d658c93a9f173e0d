package import BatchDomain
import BatchWorkspace
import Foundation
import Glibc
import SystemKit

/// The files of an input in order: by path, byte for byte, so that every machine and run has the same order.
package struct InputListing: Sendable {
    /// The folder that paths are relative to, absolute.
    package let root: String
    /// The files.
    package private(set) var files: [InputFile] = []
    /// Files and folders that are not data.
    package private(set) var leftOut = 0
    /// The patterns of their names.
    package private(set) var patternsLeftOut: Set<String> = []
    /// The folders that were listed, by their paths below the root; of a file the one that holds it.
    private(set) var folders: [String] = []
    /// Folders that were not entered.
    package private(set) var foldersPassedOver = 0
    /// When each folder's `_SUCCESS` was written, in nanoseconds since 1970, by the folder's path with a trailing slash.
    private(set) var successes: [[UInt8]: Int] = [:]
    /// The files that are wanted; nil for all.
    private let patterns: PathPatterns?
    /// Files after which the listing stops.
    private let most: Int
    /// The links that lead out of it.
    private(set) var links: InputLinks

    private static let success = Array("_SUCCESS".utf8)
    private static let deltaLog = Array("_delta_log".utf8)
    private static let table = Array("MLTable".utf8)

    /// Lists a file, or the files of a folder.
    ///
    /// - Parameters:
    ///   - path: The file or folder, absolute.
    ///   - descent: Which folders within are entered.
    ///   - patterns: The patterns of the files that are wanted, relative to the folder; nil for all.
    ///   - most: Files after which the listing stops: a check whether there are any needs one.
    /// - Throws: ``StudioError`` when it can't be read, or is a table that can't be scored as it lies there.
    package init(
        of path: String,
        into descent: FolderDescent,
        patterns: [String]? = nil,
        most: Int = .max
    ) throws {
        self.patterns = patterns.map { PathPatterns($0) }
        self.most = most
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unreadable(path) }
        if let kind = SpecialFile(status) { throw kind.refusal(of: path) }
        links = InputLinks(root: path)
        if status.st_mode & S_IFMT == S_IFDIR {
            root = path
            try list(folder: [], into: descent, under: [FolderIdentity(status)])
            addNamedFiles()
            files.sort { $0.path.lexicographicallyPrecedes($1.path) }
        } else {
            // What was named is taken, whatever its name.
            root = (path as NSString).deletingLastPathComponent
            files = [InputFile(path: Array((path as NSString).lastPathComponent.utf8), status)]
            folders = [""]
        }
    }

    /// The same files, the large ones as their parts.
    func split(by splitter: FileSplitter) async throws -> InputListing {
        guard files.contains(where: { $0.size > splitter.size }) else { return self }
        var listing = self
        listing.files = []
        listing.files.reserveCapacity(files.count)
        for file in files {
            let parts = try await splitter.parts(of: file, below: root)
            for part in parts ?? [] {
                listing.files.append(InputFile(path: file.path, size: file.size, modified: file.modified, part: part))
            }
            if parts == nil { listing.files.append(file) }
        }
        return listing
    }

    /// Leaves out the files of which a test is false.
    mutating func keep(where isKept: (Int) -> Bool) {
        files = files.indices.filter(isKept).map { files[$0] }
    }

    /// Lists a folder; `chain` holds it and those above it, by which a link to one of them is known.
    private mutating func list(
        folder: [UInt8],
        into descent: FolderDescent,
        under chain: [FolderIdentity]
    ) throws {
        let path = folder.isEmpty ? root : root + "/" + String(decoding: folder, as: UTF8.self)
        let prefix = folder.isEmpty ? [] : folder + [UInt8(ascii: "/")]
        let rootBytes = Array(root.utf8) + [UInt8(ascii: "/")]
        guard let directory = (rootBytes + folder + [0]).withUnsafeBufferPointer(Self.openDirectory) else {
            throw Self.unreadable(path)
        }
        defer { closedir(directory) }
        folders.append(String(decoding: folder, as: UTF8.self))
        let descriptor = dirfd(directory)
        var within: [(name: [UInt8], identity: FolderIdentity, link: InputLinks.Destination)] = []
        while files.count < most {
            // Else an error would look like the end, and files would be missing without a word.
            errno = 0
            guard let entry = readdir(directory) else {
                guard errno == 0 else { throw Self.unreadable(path) }
                break
            }
            let name = FolderEntry.nameBytes(of: entry)
            if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            if let pattern = LeftOutFiles.standard.pattern(of: name), !isNamed(prefix + name) {
                if name == Self.deltaLog, Self.isFolder(path + "/_delta_log") {
                    throw TableFormat.delta.refusal(of: path)
                }
                if name == Self.success {
                    successes[prefix] = InputFile(path: prefix + name, below: root)?.modified
                }
                // The file that names the patterns is no surprise in the folder of its table.
                if name == Self.table, patterns != nil { continue }
                leftOut += 1
                patternsLeftOut.insert(pattern)
                continue
            }
            let link = Self.mayBeLink(entry) ? linkDestination(of: prefix + name) : .inside
            var status = stat()
            // A name in UTF-8 or not is handed to the kernel as it came from it.
            let isKnown = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { fstatat(descriptor, $0, &status, 0) == 0 }
            }
            // A link to nothing is listed, so that it fails with its reason and does not vanish; so are FIFOs and devices.
            if isKnown, status.st_mode & S_IFMT == S_IFDIR {
                if let patterns, !patterns.mayMatch(below: String(decoding: prefix + name, as: UTF8.self)) { continue }
                within.append((name, FolderIdentity(status), link))
            } else if patterns?.matches(String(decoding: prefix + name, as: UTF8.self)) ?? true {
                // What is no file is not read, whoever it belongs to: only its kind is told.
                if isKnown && SpecialFile(status) != nil || !refuses(link, at: prefix + name) {
                    files.append(InputFile(path: prefix + name, isKnown ? status : stat()))
                }
            }
        }
        if Self.isIceberg(path, holding: within.map(\.name)) { throw TableFormat.iceberg.refusal(of: path) }
        for (name, identity, link) in within where files.count < most {
            guard descent.enters(name) else {
                foldersPassedOver += 1
                continue
            }
            if chain.contains(identity) {
                files.append(InputFile(path: prefix + name, refused: .endless))
                continue
            }
            if refuses(link, at: prefix + name) { continue }
            try list(folder: prefix + name, into: descent, under: chain + [identity])
        }
    }

    private func linkDestination(of path: [UInt8]) -> InputLinks.Destination {
        let whole = Array(root.utf8) + [UInt8(ascii: "/")] + path
        guard let maker = InputLinks.maker(ofLinkAt: whole) else { return .inside }
        return links.destination(ofLinkAt: whole, madeBy: maker)
    }

    /// Returns whether a link is not followed, which makes it a failed file; others that lead out of the input are noted.
    private mutating func refuses(_ link: InputLinks.Destination, at path: [UInt8]) -> Bool {
        switch link {
        case .inside: return false
        case .outside(let target):
            links.follow(path, to: target)
            return false
        case .notShared:
            files.append(InputFile(path: path, refused: .notShared))
            return true
        }
    }

    /// True when the input names this very file: then it is data, whatever its name.
    private func isNamed(_ path: [UInt8]) -> Bool {
        patterns?.named.contains { $0.utf8.elementsEqual(path) } ?? false
    }

    /// Adds files that are named, but were not found: those in folders that are left out, and those that are gone, which are
    /// to fail with that reason.
    private mutating func addNamedFiles() {
        let found = Set(files.map(\.path))
        for name in patterns?.named ?? [] where !found.contains(Array(name.utf8)) {
            var status = stat()
            let isThere = stat(root + "/" + name, &status) == 0
            if isThere, status.st_mode & S_IFMT == S_IFDIR { continue }
            if links.refuses(Array(name.utf8)) {
                // The link to a folder that holds it may be listed already.
                let isListed = found.contains { name.utf8.starts(with: $0 + [UInt8(ascii: "/")]) }
                if !isListed { files.append(InputFile(path: Array(name.utf8), refused: .notShared)) }
                continue
            }
            files.append(InputFile(path: Array(name.utf8), isThere ? status : stat()))
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func isIceberg(_ path: String, holding folders: [[UInt8]]) -> Bool {
        guard folders.contains(Array("data".utf8)), folders.contains(Array("metadata".utf8)) else { return false }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/metadata")) ?? []
        return names.contains { $0.hasSuffix(".metadata.json") }
    }

    private static func openDirectory(_ bytes: UnsafeBufferPointer<UInt8>) -> OpaquePointer? {
        bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { opendir($0) } }
    }

    /// Returns whether an entry is a link, or may be one on a file system that does not say.
    private static func mayBeLink(_ entry: UnsafeMutablePointer<dirent>) -> Bool {
        entry.pointee.d_type == UInt8(DT_LNK) || entry.pointee.d_type == UInt8(DT_UNKNOWN)
    }

    private static func unreadable(_ path: String) -> StudioError {
        StudioError(.file, "The input \(path) can't be read: \(String(cString: strerror(errno))).")
    }
}

/// The identity of a folder, independent of its name.
private struct FolderIdentity: Equatable {
    private let device: UInt
    private let inode: UInt

    init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }
}
