package import BatchDomain
import Foundation

extension DataHead {
    /// Maximum files of a folder that are counted.
    private static let maxFiles = 1000
    /// Maximum bytes that are read.
    private static let maxBytes = 64 << 10
    /// Maximum rows that are kept.
    private static let maxRows = 50

    /// Reads the head of a file, or of the first file of a folder by name; what only Python can read has a remark instead of rows.
    ///
    /// - Parameter path: The file or folder, absolute.
    package init(reading path: String) {
        self.init()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            remark = "There is nothing at \(path)."
            return
        }
        guard isFolder.boolValue else {
            files = 1
            bytes = Self.size(path) ?? 0
            read(path, named: (path as NSString).lastPathComponent)
            return
        }
        let first = list(path)
        if let first { read(path + "/" + first, named: first) } else { remark = "The folder has no files." }
    }

    /// Counts the folder's files; returns the first one by name.
    private mutating func list(_ folder: String) -> String? {
        var first: String?
        guard let entries = FileManager.default.enumerator(atPath: folder) else { return nil }
        while let name = entries.nextObject() as? String {
            let last = (name as NSString).lastPathComponent
            if LeftOutFiles.standard.pattern(of: Array(last.utf8)) != nil {
                entries.skipDescendants()
                continue
            }
            guard let size = Self.size(folder + "/" + name) else { continue }
            guard files < Self.maxFiles else {
                hasMore = true
                break
            }
            files += 1
            bytes += size
            if first.map({ name < $0 }) ?? true { first = name }
        }
        return first
    }

    /// The size of a regular file; nil for anything else, which might never end.
    private static func size(_ path: String) -> Int? {
        let path = (path as NSString).resolvingSymlinksInPath
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return attributes[.size] as? Int
    }

    private mutating func read(_ path: String, named name: String) {
        file = name
        let kind = (name as NSString).pathExtension.lowercased()
        let isLines = ["jsonl", "ndjson"].contains(kind)
        guard isLines || ["csv", "tsv", "txt", "data"].contains(kind) else {
            remark =
                kind.isEmpty
                ? "A file without an extension is not shown."
                : "A .\(kind) file is read by Python: press f for its first rows."
            return
        }
        guard Self.size(path) != nil, let handle = FileHandle(forReadingAtPath: path) else {
            remark = "\(name) can't be read."
            return
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: Self.maxBytes), !data.isEmpty else {
            remark = "\(name) is empty."
            return
        }
        if isLines { take(lines: data) } else { take(table: data) }
    }

    private mutating func take(table data: Data) {
        let titles = data.prefix { $0 != UInt8(ascii: "\n") }
        let delimiters = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
        let counts = delimiters.map { delimiter in titles.count { $0 == delimiter } }
        let best = zip(delimiters, counts).max { $0.1 < $1.1 }
        var reader = CSVReader(delimiter: best.flatMap { $0.1 > 0 ? $0.0 : nil } ?? UInt8(ascii: ","))
        var rows: [[String]] = []
        let isWhole = reader.read(data) { row in
            rows.append(row)
            return rows.count <= Self.maxRows
        }
        // A row that the end of what was read cuts in two is not shown.
        if isWhole, data.count < Self.maxBytes {
            reader.finish { row in
                rows.append(row)
                return true
            }
        }
        header = rows.first.map { $0.map { $0.replacing("\u{feff}", with: "") } } ?? []
        self.rows = Array(rows.dropFirst())
    }

    private mutating func take(lines data: Data) {
        var reader = JSONLinesReader()
        var found: [[JSONLinesReader.Cell]] = []
        reader.read(data) { if found.count < Self.maxRows { found.append($0) } }
        if data.count < Self.maxBytes { reader.finish { if found.count < Self.maxRows { found.append($0) } } }
        for cell in found.joined() where !header.contains(cell.name) && header.count < 200 { header.append(cell.name) }
        rows = found.map { cells in header.map { name in cells.last { $0.name == name }?.text ?? "" } }
    }
}
