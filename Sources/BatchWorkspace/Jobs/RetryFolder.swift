import BatchDomain
import Foundation
import SystemKit

/// Makes the folder of a job that scores again what another one has not: the rows that are kept, and the list of its files.
struct RetryFolder {
    /// Maximum number of changed files that are named.
    private static let maxNamedFiles = 10

    /// A list of files as they are now.
    private struct Refreshed {
        var list: Data
        /// The first files whose rows are kept though they have changed.
        var changed: [String] = []
        /// How many such files there are.
        var changes = 0

        mutating func add(changed file: InputFile) {
            changes += 1
            if changed.count < maxNamedFiles { changed.append(String(decoding: file.path, as: UTF8.self)) }
        }
    }

    let from: JobFolder
    let to: JobFolder
    /// Whether files that are scored again are split as they were.
    var splitsFiles = true

    /// Makes it; the mini-batches in `kept` keep their rows.
    ///
    /// - Throws: ``StudioError`` that names the files whose rows would be kept though they have changed since.
    func make(keeping kept: Set<Int>, input: JobInput, miniBatchSize: Int) throws {
        let manager = FileManager.default
        // Without a list the old job ended before its input was listed: the new one lists it.
        let list = manager.contents(atPath: from.manifest)
        let refreshed = try list.map {
            try Self.refresh(
                $0,
                of: from,
                keeping: kept,
                input: input,
                miniBatchSize: miniBatchSize,
                splitsFiles: splitsFiles
            )
        }
        if let refreshed, refreshed.changes > 0 { throw Self.changed(refreshed.changed, of: refreshed.changes) }
        try manager.createDirectory(
            atPath: to.segments,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        // Without rows or notes the old job ended before it began.
        for segment in try FolderEntry.all(in: from.segments, mayBeMissing: true) {
            // A segment file is not written to again, so that a link saves the space of a copy.
            try manager.linkItem(atPath: segment.path, toPath: to.segments + "/" + segment.name)
        }
        try DurableFile.sync(to.segments)
        try copyNotes()
        if input.remote != nil { try forgetRemoteVersions(keeping: kept, miniBatchSize: miniBatchSize) }
        if let refreshed { try DurableFile.write(refreshed.list, to: to.manifest) }
        try DurableFile.sync(to.path)
    }

    /// Lists the files of a resumed job as they are now, except those of mini-batches in `kept`.
    static func renew(_ folder: JobFolder, keeping kept: Set<Int>, input: JobInput, miniBatchSize: Int) throws {
        guard let list = FileManager.default.contents(atPath: folder.manifest) else { return }
        let renewed = try refresh(list, of: folder, keeping: kept, input: input, miniBatchSize: miniBatchSize)
        if input.remote != nil {
            try RetryFolder(from: folder, to: folder).forgetRemoteVersions(keeping: kept, miniBatchSize: miniBatchSize)
        }
        try DurableFile.write(renewed.list, to: folder.manifest)
    }

    /// Copies what the executor has noted about the rows, but for what is true of the old job's end alone.
    private func copyNotes() throws {
        let own = [from.manifest, from.failedFiles, from.outputClaim, from.outputIdentity].map {
            ($0 as NSString).lastPathComponent
        }
        for note in try FolderEntry.all(in: from.path, mayBeMissing: true) {
            guard case .file = note.kind, !own.contains(note.name), !note.name.hasSuffix(".partial") else { continue }
            try FileCopy.make(of: note.path, to: to.path + "/" + note.name)
            try DurableFile.sync(to.path + "/" + note.name)
        }
    }

    /// The list with the files that are scored again as they are now; one that is gone stays, and fails with that reason.
    ///
    /// Of a remote input their sizes and times are unknown: whatever is there now is taken.
    ///
    /// - Throws: ``StudioError`` that names a line that is not one.
    private static func refresh(
        _ list: Data,
        of folder: JobFolder,
        keeping kept: Set<Int>,
        input: JobInput,
        miniBatchSize: Int,
        splitsFiles: Bool = true
    ) throws -> Refreshed {
        var refreshed = Refreshed(list: Data(capacity: list.count))
        let (plan, starts) = try ManifestText.plan(of: list, at: folder.manifest, miniBatchSize: miniBatchSize)
        for id in 0..<plan.count {
            // The parts of a file are kept, or scored again, as they were of one content.
            let isKept = plan.parts(of: id)?.contains { kept.contains($0) } ?? kept.contains(id)
            for listed in ManifestText.files(in: list, at: starts[id]..<starts[id + 1]) {
                if input.remote != nil {
                    ManifestText.append(isKept ? listed : InputFile(path: listed.path), to: &refreshed.list)
                    continue
                }
                var now = InputFile(path: listed.path, below: input.root, isRefusedLink: listed.isRefused)
                now?.part = listed.part
                if !splitsFiles { now?.part?.records = nil }
                if now?.size != listed.size || now?.modified != listed.modified {
                    now?.part?.records = nil
                    if isKept, listed.part?.index ?? 0 == 0 { refreshed.add(changed: listed) }
                }
                ManifestText.append(isKept ? listed : now ?? listed, to: &refreshed.list)
            }
        }
        return refreshed
    }

    /// Does the same to the list that the fetcher goes by.
    private func forgetRemoteVersions(keeping kept: Set<Int>, miniBatchSize: Int) throws {
        guard let list = FileManager.default.contents(atPath: to.remoteListing) else { return }
        var result = Data(capacity: list.count)
        // Files that are fetched are not split.
        for (index, line) in list.split(separator: UInt8(ascii: "\n")).enumerated() {
            if !kept.contains(index / miniBatchSize) {
                let entry = try JSONDecoder().decode(RemoteFile.self, from: Data(line))
                result.append(try JSONEncoder().encode(entry))
            } else {
                result.append(contentsOf: line)
            }
            result.append(UInt8(ascii: "\n"))
        }
        try DurableFile.write(result, to: to.remoteListing)
    }

    /// The values of a remote file that all its versions share.
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
                "Put them back as they were, or score the whole input with a new job: batchstudio batch-endpoint invoke",
            inStudio: "Put them back as they were, or clone the job to score its whole input again."
        )
    }
}
