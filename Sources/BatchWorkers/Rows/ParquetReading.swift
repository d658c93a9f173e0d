import BatchDomain
import Foundation

/// Reads rows of Parquet files in a process of its own, with the libraries of data previews.
package struct ParquetReading: Sendable {
    /// The rows that are wanted of a file.
    package struct Request: Sendable {
        package var file: String
        /// Parts of its rows, by the number of the first one and how many they are.
        package var ranges: [Range<Int>]

        package init(file: String, ranges: [Range<Int>]) {
            self.file = file
            self.ranges = ranges
        }
    }

    /// Rows of a file as texts, or why it can't be read.
    package struct Answer: Equatable, Sendable, Decodable {
        package var columns: [String]?
        /// How many rows the file has.
        package var total: Int?
        package var rows: [[String]]?
        package var error: String?
    }

    private static let script = "parquet_rows.py"

    private let python: String
    private let runtime: String
    private let variables: [String: String]

    /// Builds the environment where it is not there yet.
    ///
    /// - Parameters:
    ///   - variables: The environment variables.
    ///   - report: Receives the steps that take time.
    /// - Throws: ``StudioError`` when the environment can't be built.
    package init(variables: [String: String], report: @escaping @Sendable (String) -> Void) async throws {
        let cache = CacheFolder(variables: variables)
        python = try await EnvironmentBuilder(cache: cache, variables: variables)
            .environment(for: DataPreviewing.environment, report: report).python
        runtime = try RuntimeFiles.install(in: cache.path)
        self.variables = variables
    }

    /// The rows of each request, in the same order.
    ///
    /// - Throws: ``StudioError`` when the script fails; `CancellationError`.
    package func rows(of requests: [Request]) async throws -> [Answer] {
        let list = requests.map { request in
            RequestText(file: request.file, ranges: request.ranges.map { [$0.lowerBound, $0.count] })
        }
        let answer = try await run(["rows", String(decoding: try JSONEncoder().encode(list), as: UTF8.self)])
        return try JSONDecoder().decode([Answer].self, from: Data(answer.utf8))
    }

    /// The number of the next row with a text after a row, or before it; nil where there is none.
    ///
    /// - Throws: ``StudioError`` when the file can't be read; `CancellationError`.
    package func find(_ text: String, in file: String, from row: Int, isForward: Bool) async throws -> Int? {
        Int(try await run(["find", file, text, "\(row)", isForward ? "1" : "-1"]))
    }

    /// Writes all rows as CSV, with the names of the columns; never all of them are in memory.
    ///
    /// - Throws: ``StudioError`` when the file can't be read, or there is no space; `CancellationError`.
    package func writeCSV(of file: String, to path: String) async throws {
        _ = try await run(["csv", file, path])
    }

    /// Runs the script, and returns the last line that it prints.
    private func run(_ arguments: [String]) async throws -> String {
        let program = runtime + "/" + Self.script
        // -I: the user's PYTHONPATH and packages in the home folder would change the environment.
        let process = ToolProcess(
            executable: python,
            arguments: ["-I", "-X", "utf8", program] + arguments,
            variables: variables.filter { !["PYTHONPATH", "PYTHONHOME"].contains($0.key) }
        )
        let outcome = try await process.run()
        let last = outcome.lines.last { !$0.isEmpty }
        guard outcome.succeeded else {
            throw StudioError(.file, "The Parquet file can't be read: \(last ?? "the reader ended without a message").")
        }
        return last ?? ""
    }

    private struct RequestText: Encodable {
        var file: String
        var ranges: [[Int]]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(file)
            try container.encode(ranges)
        }
    }
}
