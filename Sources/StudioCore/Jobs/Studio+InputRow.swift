package import BatchDomain
import BatchWorkers
import BatchWorkspace
import Logging

extension Studio {
    /// A row of a job's output with the row of its input, which outputs of MLflow models name in their first and last columns.
    ///
    /// - Throws: ``StudioError`` when the output can't be read, or has no such row.
    package func resultRow(_ number: Int, of name: String) async throws -> ResultRow {
        let page = try await outputRows(of: name, from: number, count: 1)
        let index = number - page.first
        guard page.rows.indices.contains(index) else {
            throw StudioError(.notFound, "The output of job \(name) has no row \(Figures.count(number)).")
        }
        var found = ResultRow(number: number, columns: page.columns, values: page.rows[index])
        let job = try await workspace.job(name)
        guard job.specification.scoring == .generated, found.values.count > 2, let file = found.values.last,
            let row = found.values.first.flatMap({ Int($0) }), row >= 0
        else { return found }
        found.input = try await inputRows(of: job).rows([InputRows.Label(file: file, row: row)]).first
        return found
    }

    /// The rows of a job's input.
    func inputRows(of job: Job) -> InputRows {
        InputRows(job: job, manifest: folder.job(job.name).manifest) { try await parquetReading() }
    }

    /// Reads Parquet files, in an environment that is built once.
    func parquetReading() async throws -> ParquetReading {
        try await ParquetReading(variables: caller.environment) { logger.info("\($0)") }
    }
}
