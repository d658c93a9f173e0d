import BatchDomain

/// The places between records where a text file is cut into parts, found while its records are counted.
///
/// A cut is made after a multiple of ``steps`` rows: libraries that compute several rows at a time round the last digit by where a
/// row stands among them, and so it stands where it does in the whole file.
struct RecordCuts {
    /// A place between two records.
    struct Cut: Equatable {
        /// Bytes of the file before it.
        var offset: Int
        /// Rows before it.
        var rows: Int
        /// Lines before it.
        var lines: Int
    }

    /// The first record, and where others are cut off.
    private(set) var cuts: [Cut]
    /// Bytes of a part from which the next one begins.
    private let partSize: Int
    /// Rows of which there is a multiple before a cut: the first that are not much of a part, or the last.
    private let steps: [Int]
    /// The offset from which the next cut is made.
    private(set) var next: Int

    /// Begins at the first record of a file; `partSize` bytes, 1 or more, are a part.
    init(at first: Cut, partSize: Int, steps: [Int] = [4096, 64]) {
        precondition(partSize >= 1 && !steps.isEmpty, "a part needs a size of 1 or more")
        cuts = [first]
        self.partSize = partSize
        self.steps = steps
        next = first.offset + partSize
    }

    /// Takes note of the end of a record; called for each one that ends at ``next`` or later.
    mutating func recordEnds(at cut: Cut) {
        guard cut.rows > cuts[cuts.count - 1].rows else { return }
        let rowBytes = (cut.offset - cuts[0].offset) / (cut.rows - cuts[0].rows)
        let step = steps.first { $0 * rowBytes <= partSize / 2 } ?? steps[steps.count - 1]
        guard cut.rows.isMultiple(of: step) else { return }
        cuts.append(cut)
        next = cut.offset + partSize
    }

    /// The parts of a file that ends so; nil when it is one.
    ///
    /// - Parameters:
    ///   - end: The end of the file.
    ///   - header: Bytes of the header.
    /// - Returns: The parts, in order.
    func parts(to end: Cut, header: Int) -> [FilePart]? {
        // A cut at the end cuts nothing off.
        let starts = cuts.last.map { $0.rows < end.rows } == true ? cuts : Array(cuts.dropLast())
        guard starts.count > 1 else { return nil }
        return starts.enumerated().map { index, start in
            let stop = index + 1 < starts.count ? starts[index + 1] : end
            let records = FilePart.Records(
                bytes: start.offset..<stop.offset,
                firstRow: start.rows,
                rows: stop.rows - start.rows,
                header: header,
                firstLine: start.lines
            )
            return FilePart(index: index, count: starts.count, records: records)
        }
    }
}
