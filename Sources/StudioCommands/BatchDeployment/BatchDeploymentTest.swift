import ArgumentParser
import BatchDomain
import BatchManifest
import DisplayText
import Foundation
import StudioCore

/// Carries out `batchstudio batch-deployment test`.
struct BatchDeploymentTest: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Score one file with a deployment, without a job: rows, prints and times, or the traceback.",
        discussion: """
            Example: batchstudio batch-deployment test -n wine-mlflow -e wine-batch --input data/0001.csv
            """
    )

    @Option(
        name: [.short, .long],
        help: "The deployment's name; without one, the default.",
        completion: .names(of: .deployment)
    )
    var name: String?

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var endpointName: String

    @Option(help: "The file to score.", completion: .file())
    var input: String

    @Option(help: "How many rows to show.")
    var maxRows = 20

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        guard maxRows >= 0 else {
            throw Problem(
                field: "--max-rows",
                value: String(maxRows),
                rule: "must be a whole number, 0 or more",
                example: "20"
            )
        }
        let studio = try await session.openStudio()
        let outcome = try await studio.testDeployment(name, of: endpointName, with: input) { session.report($0) }
        if session.isForProgram {
            var output = Output(value(outcome))
            if outcome.rowCount > 0 { (output.rows, output.columns) = table(of: outcome) }
            try session.answer(output)
        } else {
            session.console.output.print(text(outcome))
        }
        if let failure = outcome.failures.first {
            throw StudioError(.scoring, "The file was not scored. \(failure.type): \(failure.message)")
        }
    }

    private func text(_ outcome: DeploymentTest) -> String {
        var text = ""
        if !outcome.printed.isEmpty { text += "Printed and logged:\n\(outcome.printed)\n" }
        for traceback in outcome.failures.compactMap(\.traceback) { text += traceback.withShortLibraryPaths + "\n" }
        for warning in outcome.warnings { text += "WARNING: \(warning)\n" }
        for file in outcome.written { text += "Written by the script: \(file)\n" }
        if outcome.rowCount > 0 {
            text += "Rows: \(outcome.rowCount)\n"
            if let columns = outcome.columns { text += columns.joined(separator: ",") + "\n" }
            text += outcome.rows.prefix(maxRows).map { $0 + "\n" }.joined()
            if outcome.rowCount > maxRows { text += "… and \(outcome.rowCount - maxRows) more\n" }
        }
        let times = [("load", outcome.loadSeconds), ("init()", outcome.initSeconds), ("run()", outcome.runSeconds)]
            .compactMap { name, seconds in seconds.map { "\(name) \(($0 * 1000).rounded() / 1000) s" } }
        if !times.isEmpty { text += "Times: \(times.joined(separator: ", "))\n" }
        return text
    }

    /// The rows with a column for each cell; a row of JSON lines is one cell.
    private func table(of outcome: DeploymentTest) -> (ManifestValue, [TableColumn]) {
        let cells = outcome.cells(ofFirst: maxRows)
        let count = cells.map(\.count).max() ?? 0
        let titles = outcome.columns.flatMap { $0.count == count ? $0 : nil } ?? (0..<count).map { "Column\($0 + 1)" }
        let values = cells.map { row in
            ManifestValue.mapping(row.enumerated().map { ManifestValue.Entry(String($0.offset), .string($0.element)) })
        }
        return (.list(values), titles.enumerated().map { TableColumn($0.element, String($0.offset)) })
    }

    private func value(_ outcome: DeploymentTest) -> ManifestValue {
        func seconds(_ value: Double?) -> ManifestValue { value.map { .double($0) } ?? .null }
        return [
            "succeeded": .bool(outcome.succeeded),
            "row_count": .int(outcome.rowCount),
            "rows": .list(outcome.rows.prefix(maxRows).map { .string($0) }),
            "columns": outcome.columns.map { .list($0.map { .string($0) }) } ?? .null,
            "warnings": .list(outcome.warnings.map { .string($0) }),
            "written": .list(outcome.written.map { .string($0) }),
            "printed": .string(outcome.printed),
            "failures": .list(
                outcome.failures.map {
                    [
                        "type": .string($0.type), "message": .string($0.message),
                        "traceback": $0.traceback.map { .string($0) } ?? .null,
                    ]
                }
            ),
            "load_seconds": seconds(outcome.loadSeconds),
            "init_seconds": seconds(outcome.initSeconds),
            "run_seconds": seconds(outcome.runSeconds),
        ]
    }
}
