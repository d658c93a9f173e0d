import BatchDomain
import Foundation
import Glibc

/// Makes the folder of a job that scores again what another one has not: the rows that are kept, and the list of its files.
struct RetryFolder {
    private static let escaped: [UInt8: UInt8] = [UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13]
    /// How many changed files are named.
    private static let namedFiles = 10

    /// A list of files as they are now.
    private struct Refreshed {
        var list: Data
        /// The first files whose rows are kept though they have changed.
        var changed: [String] = []
        /// How many such files there are.
        var changes = 0
    }

    let from: JobFolder
    let to: JobFolder

    /// Makes it; the mini-batches in `kept` keep their rows.
    ///
    /// - Throws: ``StudioError`` that names the files whose rows would be kept though they have changed since.
    func make(keeping kept: Set<Int>, input: JobInput, miniBatchSize: Int) throws {
        let manager = FileManager.default
        // Without a list the old job ended before its input was looked at: the new one lists it.
        let list = manager.contents(atPath: from.manifest)
        let refreshed = list.map { Self.refresh($0, keeping: kept, input: input, miniBatchSize: miniBatchSize) }
        if let refreshed, refreshed.changes > 0 { throw Self.changed(refreshed.changed, of: refreshed.changes) }
        try manager.createDirectory(
            atPath: to.segments,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for name in (try? manager.contentsOfDirectory(atPath: from.segments)) ?? [] {
            // Nobody writes to a file of segments again: the rows cost no second place on the disk.
            try manager.linkItem(atPath: from.segments + "/" + name, toPath: to.segments + "/" + name)
        }
        try Self.sync(to.segments)
        try copyNotes()
        if input.remote != nil { try forgetRemoteVersions(keeping: kept, miniBatchSize: miniBatchSize) }
        if let refreshed { try Self.write(refreshed.list, to: to.manifest) }
        try Self.sync(to.path)
    }

    /// Takes the files of a job that goes on, but for those of mini-batches in `kept`, as they are now.
    static func renew(_ folder: JobFolder, keeping kept: Set<Int>, input: JobInput, miniBatchSize: Int) throws {
        guard let list = FileManager.default.contents(atPath: folder.manifest) else { return }
        let renewed = refresh(list, keeping: kept, input: input, miniBatchSize: miniBatchSize)
        if input.remote != nil {
            try RetryFolder(from: folder, to: folder).forgetRemoteVersions(keeping: kept, miniBatchSize: miniBatchSize)
        }
        try write(renewed.list, to: folder.manifest)
    }

    private static func write(_ data: Data, to path: String) throws {
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        try sync(path)
    }

    /// Copies what the executor has noted about the rows, but for what is true of the old job's end alone.
    private func copyNotes() throws {
        let manager = FileManager.default
        let own = [from.manifest, from.failedFiles, from.outputClaim, from.outputIdentity].map {
            ($0 as NSString).lastPathComponent
        }
        for name in (try? manager.contentsOfDirectory(atPath: from.path)) ?? [] {
            let attributes = try manager.attributesOfItem(atPath: from.path + "/" + name)
            guard attributes[.type] as? FileAttributeType == .typeRegular, !own.contains(name),
                !name.hasSuffix(".partial")
            else { continue }
            try manager.copyItem(atPath: from.path + "/" + name, toPath: to.path + "/" + name)
        }
    }

    /// The list with the files that are scored again as they are now; one that is gone stays, and fails with that reason.
    private static func refresh(_ list: Data, keeping kept: Set<Int>, input: JobInput, miniBatchSize: Int) -> Refreshed
    {
        if input.remote != nil {
            return Refreshed(list: forgetVersions(list, keeping: kept, miniBatchSize: miniBatchSize))
        }
        var result = Data(capacity: list.count)
        var changed: [String] = []
        var changes = 0
        for (index, line) in list.split(separator: UInt8(ascii: "\n")).enumerated() {
            let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let isRefused = Int(String(decoding: fields[0], as: UTF8.self)).map { $0 < -1 } ?? false
            let now = sizeAndTime(input.root, fields[2], isRefused: isRefused)
            let isKept = kept.contains(index / miniBatchSize)
            let before = line.prefix(fields[0].count + 1 + fields[1].count)
            if isKept, now.map({ Data($0.utf8) }) != Data(before) {
                changes += 1
                if changed.count < namedFiles { changed.append(String(decoding: fields[2], as: UTF8.self)) }
            }
            result.append(contentsOf: isKept ? Data(before) : now.map { Data($0.utf8) } ?? Data(before))
            result.append(UInt8(ascii: "\t"))
            result.append(contentsOf: fields[2])
            result.append(UInt8(ascii: "\n"))
        }
        return Refreshed(list: result, changed: changed, changes: changes)
    }

    /// The list of a remote input, with sizes and times unknown where files are scored again: whatever is there now is taken.
    private static func forgetVersions(_ list: Data, keeping kept: Set<Int>, miniBatchSize: Int) -> Data {
        var result = Data(capacity: list.count)
        for (index, line) in list.split(separator: UInt8(ascii: "\n")).enumerated() {
            let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
            if fields.count == 3, !kept.contains(index / miniBatchSize) {
                result.append(contentsOf: "-1\t-1\t".utf8)
                result.append(contentsOf: fields[2])
            } else {
                result.append(contentsOf: line)
            }
            result.append(UInt8(ascii: "\n"))
        }
        return result
    }

    /// Does the same to the list that the fetcher goes by.
    private func forgetRemoteVersions(keeping kept: Set<Int>, miniBatchSize: Int) throws {
        guard let list = FileManager.default.contents(atPath: to.remoteListing) else { return }
        var result = Data(capacity: list.count)
        for (index, line) in list.split(separator: UInt8(ascii: "\n")).enumerated() {
            if !kept.contains(index / miniBatchSize) {
                let entry = try JSONDecoder().decode(RemoteFile.self, from: Data(line))
                result.append(try JSONEncoder().encode(entry))
            } else {
                result.append(contentsOf: line)
            }
            result.append(UInt8(ascii: "\n"))
        }
        try Self.write(result, to: to.remoteListing)
    }

    /// What stays true of a remote file in whatever version it is.
    private struct RemoteFile: Codable {
        private enum CodingKeys: String, CodingKey {
            case name, key, size, etag
            case modified = "mtime"
        }

        let name: String
        let key: String

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            key = try values.decode(String.self, forKey: .key)
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(name, forKey: .name)
            try values.encode(key, forKey: .key)
            for unknown in [CodingKeys.size, .etag, .modified] { try values.encodeNil(forKey: unknown) }
        }
    }

    private static func changed(_ names: [String], of count: Int) -> StudioError {
        let others = count > names.count ? " and \(count - names.count) more" : ""
        return StudioError(
            .file,
            "The rows of \(count) files can't be kept: they have changed or are gone since they were scored: "
                + "\(names.joined(separator: ", "))\(others).",
            advice:
                "Put them back as they were, or score the whole input with a new job: batchstudio batch-endpoint invoke"
        )
    }

    /// What a line of the list says of a file before its path; nil when the file is gone, or when it is still a link that was refused.
    private static func sizeAndTime(_ root: String, _ path: Data.SubSequence, isRefused: Bool) -> String? {
        var bytes = Array((root + "/").utf8)
        var isEscape = false
        for byte in path {
            if !isEscape, byte == UInt8(ascii: "\\") {
                isEscape = true
                continue
            }

            bytes.append(isEscape ? escaped[byte] ?? byte : byte)
            isEscape = false
        }
        var status = stat()
        let isThere = (bytes + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { (isRefused ? lstat($0, &status) : stat($0, &status)) == 0 } ?? false
            }
        }
        guard isThere, !isRefused || status.st_mode & S_IFMT == S_IFREG else { return nil }
        let modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
        return "\(status.st_size)\t\(modified)"
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw StudioError(.file, "\(path) can't be written: \(String(cString: strerror(errno))).")
        }
    }
}
