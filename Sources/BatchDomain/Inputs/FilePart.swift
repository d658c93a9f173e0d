/// A part of a large input file: a mini-batch of its own, which any worker scores.
///
/// ```swift
/// let records = FilePart.Records(bytes: 120..<9_000, firstRow: 0, rows: 300, header: 120, firstLine: 1)
/// InputFile(path: path, size: size, modified: time, part: FilePart(index: 0, count: 12, records: records))
/// ```
package struct FilePart: Equatable, Sendable {
    /// A run of a file's records.
    package struct Records: Equatable, Sendable {
        /// The bytes of the records; numbers of row groups in a Parquet file.
        package var bytes: Range<Int>
        /// Rows of the file before it.
        package var firstRow: Int
        /// Its rows.
        package var rows: Int
        /// Bytes at the file's start that hold the header; none where it has no header.
        package var header: Int
        /// Lines of the file before it.
        package var firstLine: Int

        package init(bytes: Range<Int>, firstRow: Int, rows: Int, header: Int = 0, firstLine: Int = 0) {
            self.bytes = bytes
            self.firstRow = firstRow
            self.rows = rows
            self.header = header
            self.firstLine = firstLine
        }
    }

    /// Its place among the file's parts, from 0.
    package var index: Int
    /// How many parts the file has, 1 or more.
    package var count: Int
    /// What it holds; nil once the file has changed after it was split: its first part is all of it then, the others are nothing.
    package var records: Records?

    package init(index: Int, count: Int, records: Records?) {
        self.index = index
        self.count = count
        self.records = records
    }
}

extension FilePart {
    /// The numbers that describe it in a manifest.
    var numbers: [Int] {
        guard let records else { return [index, count] }
        return [
            index, count, records.bytes.lowerBound, records.bytes.upperBound, records.firstRow, records.rows,
            records.header,
            records.firstLine,
        ]
    }

    /// The part of numbers that are not negative; nil where they describe none.
    init?(numbers: [Int]) {
        guard numbers.count == 2 || numbers.count == 8, numbers[0] < numbers[1] else { return nil }
        self.init(index: numbers[0], count: numbers[1], records: nil)
        if numbers.count == 2 { return }
        guard numbers[2] <= numbers[3] else { return nil }
        records = Records(
            bytes: numbers[2]..<numbers[3],
            firstRow: numbers[4],
            rows: numbers[5],
            header: numbers[6],
            firstLine: numbers[7]
        )
    }
}
