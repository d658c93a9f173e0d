package import BatchDomain
import Foundation
import SystemKit

/// The frozen list of a job's input files, see ``ManifestText``.
///
/// It is memory-mapped; what is kept in memory is where each mini-batch begins.
package struct InputManifest: Sendable {
    /// How the files are cut into mini-batches.
    package let plan: MiniBatchPlan
    private let data: Data
    private let starts: [Int]

    /// Writes the list; a crash leaves the whole of it or nothing.
    package static func write(_ listing: InputListing, to path: String) throws {
        var data = Data()
        data.reserveCapacity(listing.files.count * 64)
        for file in listing.files { ManifestText.append(file, to: &data) }
        try DurableFile.write(data, to: path)
    }

    /// Opens a list that was written before.
    ///
    /// - Throws: ``StudioError`` that names a line that is not one.
    package init(at path: String, miniBatchSize: Int) throws {
        data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        (plan, starts) = try ManifestText.plan(of: data, at: path, miniBatchSize: miniBatchSize)
    }

    /// The lines of a mini-batch, as bytes of the file.
    package func bytes(of id: Int) -> Range<Int> { starts[id]..<starts[id + 1] }

    /// True when no two files have the same base name.
    package var areNamesUnique: Bool {
        data.withUnsafeBytes { bytes in
            // Names within one folder are unique.
            guard bytes.contains(UInt8(ascii: "/")) else { return true }
            var names: Set<[UInt8]> = []
            if plan.hasParts {
                // Of a file that is split, its first part counts.
                let ids = (0..<plan.count).lazy.filter { plan.parts(of: $0)?.lowerBound ?? $0 == $0 }
                return ids.allSatisfy { id in
                    inputFiles(of: id).allSatisfy { file in
                        let start = file.path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
                        return names.insert(Array(file.path[start...])).inserted
                    }
                }
            }
            return bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
                let start = line.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\t") }
                return names.insert(Array(line[(start.map { $0 + 1 } ?? line.startIndex)...])).inserted
            }
        }
    }

    /// The first file of a mini-batch, for users.
    package func firstFile(of id: Int) -> String {
        let bytes = bytes(of: id)
        let start = data.startIndex + bytes.lowerBound
        let end = data[start..<data.startIndex + bytes.upperBound].firstIndex(of: UInt8(ascii: "\n"))
        let line = bytes.lowerBound..<(end.map { $0 + 1 - data.startIndex } ?? bytes.upperBound)
        return ManifestText.files(in: data, at: line).first.map { String(decoding: $0.path, as: UTF8.self) } ?? ""
    }

    /// The files of a mini-batch, for messages.
    package func files(of id: Int) -> [String] {
        inputFiles(of: id).map { String(decoding: $0.path, as: UTF8.self) }
    }

    /// The files of a mini-batch as they were listed.
    func inputFiles(of id: Int) -> [InputFile] {
        ManifestText.files(in: data, at: bytes(of: id))
    }
}
