import BatchDomain
import Testing

struct RowComparisonTests {
    @Test func `Changes of classes are counted by what they were and what they are`() {
        var comparison = RowComparison(columns: ["prediction"])
        for (row, pair) in [("a", "a"), ("a", "b"), ("b", "b"), ("a", "b"), ("b", "c")].enumerated() {
            comparison.join(row: row, file: "f.csv", [pair.0], [pair.1])
        }
        let column = comparison.columns[0]
        #expect(comparison.joined == 5 && comparison.changed == 3 && column.changed == 3)
        let cells = column.confusion?.map { "\($0.before)\($0.after)\($0.count)" }
        #expect(cells == ["aa1", "ab2", "bb1", "bc1"] && column.classNames == ["a", "b", "c"])
        #expect(comparison.largest.map(\.row) == [1, 3, 4] && column.differences == nil)
    }

    @Test func `Numbers are compared as numbers, and the largest differences are kept`() {
        var comparison = RowComparison(columns: ["score", "label"])
        for row in 0..<1000 {
            let after = row % 2 == 0 ? "\(Double(row))" : "\(Double(row) + Double(row) / 10)"
            comparison.join(row: row, file: "f.csv", ["\(row)", "x"], [after, "x"])
        }
        let column = comparison.columns[0]
        #expect(comparison.changed == 500 && column.confusion == nil && column.numbers == 1000)
        #expect(
            comparison.largest.count == 100 && comparison.largest.first?.row == 999
                && comparison.largest.last?.row == 801
        )
        let differences = column.differences
        #expect(differences?.zeros == 500 && differences?.histogram?.counts.reduce(0, +) == 1000)
        #expect(differences?.min == 0 && abs((differences?.max ?? 0) - 99.9) < 1e-9)
        #expect(comparison.columns[1].changed == 0)
    }

    @Test func `Rows that changed have the rows of their input, or say why not`() {
        var comparison = RowComparison(columns: ["prediction"])
        for row in 0..<3 { comparison.join(row: row, file: "f.csv", ["a"], ["b"]) }
        comparison.show([
            InputRow(file: "f.csv", row: 0, cells: [InputRow.Cell(name: "x", value: "1")]),
            InputRow(file: "f.csv", row: 1, reason: "The input file is gone."),
            InputRow(file: "f.csv", row: 2, reason: "The input file is gone."),
        ])
        #expect(comparison.inputColumns == ["x"] && comparison.largest[0].input?.line == "x 1")
        #expect(comparison.inputNotes == ["Without the input of 2 rows that changed: The input file is gone."])
    }

    @Test func `More than 50 classes have no confusion table`() {
        var comparison = RowComparison(columns: ["word"])
        for row in 0..<51 { comparison.join(row: row, file: "f.csv", ["w\(row)"], ["w\(row)"]) }
        #expect(comparison.columns[0].confusion == nil && comparison.changed == 0)
    }

    @Test func `NaN is the same as NaN, infinity as infinity`() {
        var comparison = RowComparison(columns: ["score"])
        comparison.join(row: 0, file: "f.csv", ["nan"], ["nan"])
        comparison.join(row: 1, file: "f.csv", ["inf"], ["inf"])
        comparison.join(row: 2, file: "f.csv", ["1"], ["nan"])
        #expect(comparison.changed == 1 && comparison.largest.map(\.row) == [2])
    }
}
