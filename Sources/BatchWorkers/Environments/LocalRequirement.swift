import BatchDomain
import FoundationEssentials

/// A requirement that is a file or folder of its model: `./wheels/a.whl`, `a @ ./wheels/a.whl ; python_version > "3"`.
struct LocalRequirement: Equatable {
    /// `a @ `, where the requirement has a name.
    private let name: Substring
    /// The file or folder, relative to the model: `wheels/a.whl`.
    let path: String
    /// Extras, marker and hashes.
    private let rest: Substring

    init?(_ line: String) {
        let start: Substring.Index
        if line.hasPrefix("./") {
            start = line.startIndex
        } else if let at = line.firstRange(of: " @ ./") {
            start = line.index(at.lowerBound, offsetBy: 3)
        } else {
            return nil
        }
        name = line[..<start]
        let end = line[start...].firstIndex { $0.isWhitespace || $0 == ";" || $0 == "[" } ?? line.endIndex
        path = String(line[start..<end].dropFirst(2))
        rest = line[end...]
    }

    /// The folder that it names, where it is one: a project, which is built.
    func project(in folder: String?) -> String? {
        guard let folder else { return nil }
        let place = folder + "/" + path
        var isFolder = false
        return FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder ? place : nil
    }

    /// The requirement with the file's address: `file:///models/a%20b/wheels/a.whl`; nil without a folder.
    func address(in folder: String?) -> String? {
        guard let folder else { return nil }
        let file = path.isEmpty ? folder : folder + "/" + path
        let escaped = file.utf8.map { byte in
            Self.isPlain(byte) ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true).leftPadded
        }
        return "\(name)file://\(escaped.joined())\(rest)"
    }

    /// A digest of the contents of each file that requirements name; nil where they name none.
    static func digests(of requirements: [String], in folder: String?) -> [String]? {
        guard let folder else { return nil }
        let links = "--find-links "
        let places = requirements.compactMap { line in
            LocalRequirement(line.hasPrefix(links) ? String(line.dropFirst(links.count)) : line)
        }
        return places.isEmpty ? nil : places.map { $0.digest(in: folder) }
    }

    private func digest(in folder: String) -> String {
        var digest = SHA256()
        if let project = project(in: folder) {
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: project)) ?? []
            for name in names.sorted() {
                digest.update(Array(name.utf8) + [0])
                digest.update(Self.contents(of: "\(project)/\(name)"))
            }
        } else {
            digest.update(Self.contents(of: "\(folder)/\(path)"))
        }
        return digest.finalize()
    }

    private static func contents(of file: String) -> [UInt8] {
        FileManager.default.contents(atPath: file).map { Array($0) } ?? []
    }

    /// Letters, digits and what stands for itself in the path of a URL.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: true
        default: false
        }
    }
}

extension String {
    /// Two digits of a byte.
    fileprivate var leftPadded: String { count < 2 ? "0" + self : self }
}
