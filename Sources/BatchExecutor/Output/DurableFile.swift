import BatchDomain
import Foundation
import Glibc

/// Files that are on the disk when the call returns.
enum DurableFile {
    /// Writes a file in whole: a crash leaves the old one, or none, or the new one.
    ///
    /// What a disk refuses once is written anew, since nothing is believed that was written before a failed fsync.
    static func write(_ data: Data, to path: String) throws {
        for _ in 1..<DiskRefusal.most {
            do { return try writeOnce(data, to: path) } catch is DiskRefusal { continue }
        }
        try writeOnce(data, to: path)
    }

    private static func writeOnce(_ data: Data, to path: String) throws {
        let staging = path + ".partial"
        do {
            let descriptor = open(staging, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw error(at: staging) }
            defer { close(descriptor) }
            try write(data, to: descriptor, staging)
            guard fsync(descriptor) == 0 else { throw error(at: staging) }
        } catch {
            unlink(staging)
            throw error
        }
        guard rename(staging, path) == 0 else { throw error(at: path) }
        try sync((path as NSString).deletingLastPathComponent)
    }

    /// Writes all of the data; it is not durable yet.
    static func write(_ data: some ContiguousBytes, to descriptor: Int32, _ path: String) throws {
        try data.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw error(at: path) }
                written += count
            }
        }
    }

    /// Waits until a file's or folder's content is on the disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error(at: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw error(at: path) }
    }

    /// The error of the call that failed last; a full disk and one that refuses are told apart.
    static func error(at path: String) -> any Error {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return DiskFull(path: path) }
        if code == EIO { return DiskRefusal(path: path) }
        return StudioError(.file, "\(path) can't be written: \(String(cString: strerror(code))).")
    }
}

/// There is no space left: a job waits for it instead of failing.
struct DiskFull: Error, Equatable, CustomStringConvertible {
    /// What was to be written.
    var path: String

    var description: String { "There is no space left for \(path)." }
}

/// The disk reports an error of its own: it may obey when all is written anew.
struct DiskRefusal: Error, Equatable, CustomStringConvertible {
    /// How often the same may be refused.
    static let most = 3

    /// What was to be written.
    var path: String

    var description: String { "\(path) can't be written: \(String(cString: strerror(EIO)))." }
}
