import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

/// A file with a line for each mini-batch of a job that has rows, in input order, for a script that reads its segments.
struct SegmentList: Sendable {
    let workspace: Workspace
    let job: String

    /// Writes the lines; a mini-batch without one is left out.
    ///
    /// - Returns: False when there is no line.
    /// - Throws: ``FileError``.
    func write(to path: String, line: (Int, Segment) -> String?) async throws -> Bool {
        var lines = Data()
        var last = -1
        while true {
            let page = try await workspace.segments(of: job, after: last, limit: 10_000)
            guard let end = page.last else { break }
            for (id, segment) in page where segment.bytes > 0 {
                if let line = line(id, segment) { lines.append(contentsOf: line.utf8) }
            }
            last = end.id
        }
        try DurableFile.write(lines, to: path)
        return !lines.isEmpty
    }
}
