import BatchDomain
import BatchWorkspace
import Foundation
import Glibc

/// An open file that is split, as long as it is what was listed.
struct SplitSource: Sendable {
    let descriptor: Int32
    let size: Int
    private let file: InputFile

    /// Opens the file; nil where it is not the listed one any more, which its worker reports.
    init?(_ file: InputFile, below root: String) {
        let path = Array((root + "/").utf8) + file.path + [0]
        // Opening a FIFO would wait for its writer.
        let descriptor = path.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) } ?? -1
            }
        }
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        self.file = file
        size = file.size
        guard isUnchanged else {
            close()
            return nil
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    func close() { _ = Glibc.close(descriptor) }

    /// True while the file has the size and the time that were listed.
    var isUnchanged: Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return InputFile(path: file.path, status)
            == InputFile(path: file.path, size: file.size, modified: file.modified)
    }

    /// Up to `count` bytes from an offset on: fewer at the end, and after an error.
    func bytes(at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
    }

    /// Calls `body` with the next bytes, in blocks that end with a line where one does.
    ///
    /// - Parameters:
    ///   - position: Where the bytes begin, and then where those begin that are left.
    ///   - blockSize: Bytes of a block, 1 or more.
    ///   - most: Most blocks.
    ///   - body: Takes a block; false ends it.
    /// - Returns: False when `body` ended it, or the file can't be read.
    func forEachBlock(
        from position: inout Int,
        blockSize: Int,
        most: Int,
        _ body: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 64)
        defer { buffer.deallocate() }
        for _ in 0..<most where position < size {
            let length = read(into: buffer, at: position)
            if length == 0 { return false }
            var end = length
            if position + length < size, let last = buffer[..<length].lastIndex(of: UInt8(ascii: "\n")) {
                end = last + 1
            }
            guard body(UnsafeRawBufferPointer(rebasing: buffer[..<end])) else { return false }
            position += end
        }
        return true
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        var length = 0
        while length < buffer.count {
            let got = pread(
                descriptor,
                buffer.baseAddress?.advanced(by: length),
                buffer.count - length,
                off_t(offset + length)
            )
            if got < 0, errno == EINTR { continue }
            if got <= 0 { break }
            length += got
        }
        return length
    }
}
