import BatchDomain
import BatchWorkspace
import Foundation
import Glibc

/// Joins the segments of a job, in input order, into its output file.
struct OutputAssembly: Sendable {
    let workspace: Workspace
    let job: String
    let segments: String
    let output: JobOutput

    /// Joins them; nothing of the output is to be seen before all of it is there.
    ///
    /// - Throws: ``StudioError`` with code `alreadyExists` when the output's name has been taken meanwhile; ``DiskFull``.
    func assemble() async throws {
        try FileManager.default.createDirectory(atPath: output.folder, withIntermediateDirectories: true)
        guard let file = output.file else { return }
        let partial = file + ".partial-" + job
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.error(at: partial) }
        do {
            defer { close(descriptor) }
            try await copySegments(to: descriptor, partial)
            guard fsync(descriptor) == 0 else { throw DurableFile.error(at: partial) }
        }
        // Unlike a rename, a link never replaces what has taken the name meanwhile.
        guard link(partial, file) == 0 else {
            let failure = errno
            unlink(partial)
            if failure == EEXIST { try OutputLocation.checkFree(output) }
            errno = failure
            throw DurableFile.error(at: file)
        }
        unlink(partial)
        try DurableFile.sync(output.folder)
    }

    private func copySegments(to descriptor: Int32, _ partial: String) async throws {
        var sources = SegmentSources(folder: segments)
        defer { sources.close() }
        var run: (file: String, range: Range<Int>)?
        var last = -1
        while true {
            let page = try await workspace.segments(of: job, after: last, limit: 10_000)
            guard let end = page.last else { break }
            for (_, segment) in page where segment.bytes > 0 {
                let range = segment.offset..<segment.offset + segment.bytes
                if let current = run, current.file == segment.file, current.range.upperBound == range.lowerBound {
                    run = (current.file, current.range.lowerBound..<range.upperBound)
                } else {
                    try sources.copy(run, to: descriptor, partial)
                    run = (segment.file, range)
                }
            }
            last = end.id
        }
        try sources.copy(run, to: descriptor, partial)
    }
}

/// The segment files of a job, opened as they are needed.
private struct SegmentSources {
    let folder: String
    var descriptors: [String: Int32] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// Copies a run of bytes within the kernel.
    mutating func copy(_ run: (file: String, range: Range<Int>)?, to output: Int32, _ partial: String) throws {
        guard let run else { return }
        let path = folder + "/" + run.file
        let source = descriptors[run.file] ?? open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else {
            throw StudioError(.file, "The rows in \(path) are gone: \(String(cString: strerror(errno))).")
        }
        descriptors[run.file] = source
        var offset = off_t(run.range.lowerBound)
        while offset < run.range.upperBound {
            let count = sendfile(output, source, &offset, run.range.upperBound - Int(offset))
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw DurableFile.error(at: partial) }
            if count == 0 {
                throw StudioError(.file, "\(path) is shorter than its journal says; rows are missing.")
            }
        }
    }

    func close() {
        for descriptor in descriptors.values { Glibc.close(descriptor) }
    }
}
