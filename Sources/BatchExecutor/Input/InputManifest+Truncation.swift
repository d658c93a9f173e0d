import Foundation
import Glibc

extension InputManifest {
    /// The files of a mini-batch that were cut short or overwritten since they were listed, by their paths below `root`.
    package func truncatedFiles(of id: Int, below root: String) -> [String] {
        lines(of: id).compactMap { line -> String? in
            let numbers = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2).prefix(2)
                .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
            let path = Self.path(in: line)
            guard let size = numbers.first, let modified = numbers.last, size >= 0,
                let file = Self.file(at: Array(root.utf8) + [UInt8(ascii: "/")] + path)
            else { return nil }
            // One that is as long as before may have been cut short and written again.
            let isOverwritten = file.size == size && modified >= 0 && file.modified != modified
            return file.size < size || isOverwritten ? String(decoding: path, as: UTF8.self) : nil
        }
    }

    private static func file(at path: [UInt8]) -> InputFile? {
        var status = stat()
        let isThere = (path + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { stat($0, &status) == 0 } ?? false
            }
        }
        return isThere ? InputFile(path: path, status) : nil
    }
}
