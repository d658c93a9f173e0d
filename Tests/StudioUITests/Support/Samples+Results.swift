import BatchDomain
import TerminalKit
import TestSupport

@testable import StudioUI

extension Samples {
    /// The rows of an output from one on, as MLflow models have them, with a second column of numbers.
    static func results(from first: Int = 0, count: Int = 89) -> OutputRows {
        OutputRows(
            columns: ["row", "prediction", "confidence", "file"],
            first: first,
            rows: (first..<min(89, first + count)).map { row in
                ["\(row % 9)", "class_\(row * 7 % 3)", "\(Double((row * 37) % 89) / 88)", "wines-0\(row / 9).csv"]
            },
            total: 89
        )
    }

    /// A row with the row of the input.
    static let resultRow = ResultRow(
        number: 41,
        columns: ["row", "prediction", "file"],
        values: ["5", "class_2", "wines-04.csv"],
        input: InputRow(
            file: "wines-04.csv",
            row: 5,
            cells: ["alcohol", "malic_acid", "ash", "color_intensity"].enumerated().map {
                InputRow.Cell(name: $0.element, value: "1\($0.offset).6\($0.offset)")
            }
        )
    )
}

extension StudioBench {
    /// The query of the first rows.
    static let resultQuery = Query.results(job: "five", offset: 0, limit: 200)

    /// Opens a job that has completed, with its results and their profile; the column of numbers is selected.
    mutating func openResults() {
        open(.job("five"))
        answer(.job("five"), .job(Samples.content(.completed)))
        answer(Self.resultQuery, .results(Samples.results()))
        answer(.profile(job: "five"), .profile(.sample))
        press(">")
    }
}
