import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation

/// Carries out `batchstudio job outputs`.
struct JobOutputs: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "outputs",
        abstract: "List the files that a job has written, and show their first rows."
    )

    @OptionGroup var job: JobOptions

    @Option(name: [.customShort("r"), .long], help: "How many rows to show of each file.")
    var rows = 5

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let job = try await session.openWorkspace().job(job.name)
        let found = JobFiles(job, in: session.folder)
        if let path = found.missingOutput {
            throw StudioError(.notFound, "The output of job \(job.name) is gone: there is no file \(path).")
        }
        let files = found.output + found.reports
        guard let first = files.first else {
            let advice = job.state.isTerminal ? nil : "Wait for its end with: batchstudio job stream -n \(job.name)"
            throw StudioError(.notFound, "Job \(job.name) is \(job.state.rawValue) and has no output.", advice: advice)
        }
        let values: [ManifestValue] = files.map { file in
            [
                "name": .string(file.place), "size_in_bytes": .int(file.bytes), "path": .string(file.path),
                "first_rows": .list(Self.head(of: file.path, rows: rows).map { .string($0) }),
            ]
        }
        let columns = [
            TableColumn("Name", "name"), TableColumn("Bytes", "size_in_bytes"), TableColumn("Path", "path"),
        ]
        try session.answer(Output(list: values, columns: columns), default: .table)
        if !session.isForProgram {
            let lines =
                first.path.hasSuffix(".parquet")
                ? ["Read it in Python: pandas.read_parquet(\"\(first.path)\")"] : Self.head(of: first.path, rows: rows)
            session.console.output.print("\n" + lines.map { $0 + "\n" }.joined())
        }
    }

    /// The first lines of a file, as far as they are text.
    private static func head(of path: String, rows: Int) -> [String] {
        guard rows > 0, let handle = FileHandle(forReadingAtPath: path) else { return [] }
        defer { try? handle.close() }
        guard let start = try? handle.read(upToCount: 64 * 1024), !start.contains(0) else { return [] }
        let lines = String(decoding: start, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // The last one is empty after a line break, else cut off; a file of one line without an end is all there is.
        return (lines.count > 1 ? lines.dropLast() : lines[...]).prefix(rows).map(String.init)
    }
}
