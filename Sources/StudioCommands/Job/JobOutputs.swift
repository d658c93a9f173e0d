import ArgumentParser
import BatchDomain
import BatchManifest
import Foundation
import StudioCore

/// Carries out `batchstudio job outputs`.
struct JobOutputs: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "outputs",
        abstract: "List the files that a job has written, and show their first rows.",
        discussion: "Example: batchstudio job outputs -n JOB --rows 3"
    )

    @OptionGroup var job: JobOptions

    @Option(name: [.customShort("r"), .long], help: "How many rows to show of each file.")
    var rows = 5

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let files = try await studio.writtenFiles(of: try await job.name(in: studio, session))
        let values: [ManifestValue] = files.map { file in
            [
                "name": .string(file.name), "size_in_bytes": .int(file.bytes), "path": .string(file.path),
                "first_rows": .list(Studio.firstLines(of: file.path, count: rows).map { .string($0) }),
            ]
        }
        let columns = [
            TableColumn("Name", "name"), TableColumn("Bytes", "size_in_bytes"), TableColumn("Path", "path"),
        ]
        try session.answer(Output(list: values, columns: columns), default: .table)
        if !session.isForProgram, let first = files.first {
            let lines =
                first.path.hasSuffix(".parquet")
                ? ["Read it in Python: pandas.read_parquet(\"\(first.path)\")"]
                : Studio.firstLines(of: first.path, count: rows)
            session.console.output.print("\n" + lines.map { $0 + "\n" }.joined())
        }
    }
}
