package import BatchDomain
import Foundation

extension OutputFile {
    /// A regular file of a folder; nil where there is none of that name.
    init?(_ name: String, in folder: String) {
        let path = folder + "/" + name
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        self.init(
            name: name,
            path: path,
            bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0,
            modifiedAt: attributes[.modificationDate] as? Date ?? .distantPast
        )
    }

    /// The files of a folder and of its subfolders, by name; `limit` of them at most.
    static func all(in folder: String, limit: Int = .max) -> [OutputFile] {
        let names = FileManager.default.enumerator(atPath: folder)?.lazy.compactMap { $0 as? String } ?? []
        return names.compactMap { OutputFile($0, in: folder) }.prefix(limit).sorted { $0.name < $1.name }
    }

    /// The file at a path, or the files of the folder there, named from the last component of the path on.
    package static func all(at path: String) -> [OutputFile] {
        let (parent, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
        if let file = OutputFile(name, in: parent) { return [file] }
        return all(in: path).map { $0.named(name + "/" + $0.name) }
    }

    /// The same file under another name.
    package func named(_ name: String) -> OutputFile {
        var file = self
        file.name = name
        return file
    }
}
