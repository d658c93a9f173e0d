import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Synchronization
import SystemKit

/// Joins the segments of a job into a Parquet file, by the Python of the deployment's environment.
struct ParquetJoin: Sendable {
    let workspace: Workspace
    let job: String
    let folder: JobFolder
    let python: String

    /// Refuses an environment that can't write Parquet, before anything is scored.
    static func check(python: String) async throws {
        do {
            try await script(python, ["--check"]).run { _ in }
        } catch let error as StudioError {
            throw StudioError(
                .environment,
                "The environment has no pyarrow, which writes Parquet. \(error.message)",
                advice: "Add pyarrow to its conda file, or choose an output_file_name that ends in .csv or .jsonl."
            )
        }
    }

    /// Writes the rows, in input order.
    ///
    /// - Throws: ``StudioError`` with the mini-batch when rows do not fit into one table; ``DamagedRows``; ``FileError``.
    func write(to path: String) async throws {
        let list = folder.path + "/parquet-parts.tsv"
        defer { try? FileManager.default.removeItem(atPath: list) }
        _ = try await SegmentList(workspace: workspace, job: job).write(to: list) { id, segment in
            "\(id)\t\(segment.offset)\t\(segment.bytes)\t\(segment.checksum)\t\(folder.segments)/\(segment.file)\n"
        }
        let said = Mutex<String?>(nil)
        do {
            try await Self.script(python, [list, path]).run { line in said.withLock { $0 = line } }
        } catch let error as StudioError {
            if !DiskSpace.isEnough(at: (path as NSString).deletingLastPathComponent) { throw FileError.diskFull(path) }
            let words = said.withLock { $0 } ?? error.message
            if let damaged = Self.damaged(in: words) { throw DamagedRows(miniBatches: damaged) }
            throw StudioError(.file, words)
        }
    }

    /// The mini-batches that the script's last words name as damaged, if that is what they say.
    private static func damaged(in words: String) -> [Int]? {
        let opening = "damaged mini-batches: "
        guard words.hasPrefix(opening) else { return nil }
        return words.dropFirst(opening.count).split(separator: " ").compactMap { Int($0) }
    }

    private static func script(_ python: String, _ arguments: [String]) throws -> PythonScript {
        let runtime = try RuntimeFiles.install(in: CacheFolder().path)
        return PythonScript(
            python: python,
            script: runtime + "/parquet_join.py",
            arguments: arguments,
            variables: ProcessInfo.processInfo.environment
        )
    }
}
