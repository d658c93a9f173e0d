/// How a list of input files is cut into mini-batches: runs of `size` files in input order, and each part of a file that is split.
package struct MiniBatchPlan: Equatable, Sendable {
    /// A file that is split.
    package struct SplitFile: Equatable, Sendable {
        /// The file, as its position in the list.
        package var file: Int
        /// How many parts it has, 1 or more.
        package var parts: Int

        package init(file: Int, parts: Int) {
            self.file = file
            self.parts = parts
        }
    }

    /// A split file, with the mini-batch that its first part is.
    private struct Split: Equatable {
        var file: Int
        var parts: Range<Int>
    }

    /// Input files, 0 or more.
    package let files: Int
    /// Files of a mini-batch, 1 or more.
    package let size: Int
    /// How many mini-batches there are.
    package let count: Int
    private let splits: [Split]

    /// Plans mini-batches.
    ///
    /// - Parameters:
    ///   - files: Input files, 0 or more.
    ///   - size: Most files of a mini-batch, 1 or more.
    ///   - splitFiles: The files that are split, in input order.
    package init(files: Int, size: Int, splitFiles: [SplitFile] = []) {
        precondition(files >= 0 && size >= 1, "a plan needs a size of 1 or more")
        self.files = files
        self.size = size
        var (file, count) = (0, 0)
        var splits: [Split] = []
        for split in splitFiles {
            precondition((file..<files).contains(split.file) && split.parts >= 1, "a plan needs its files in order")
            count += Self.runs(of: split.file - file, size)
            splits.append(Split(file: split.file, parts: count..<count + split.parts))
            (file, count) = (split.file + 1, count + split.parts)
        }
        self.splits = splits
        self.count = count + Self.runs(of: files - file, size)
    }

    /// How many runs so many files are.
    private static func runs(of files: Int, _ size: Int) -> Int { files / size + (files % size == 0 ? 0 : 1) }

    /// True when files are split.
    package var hasParts: Bool { !splits.isEmpty }

    /// The files of mini-batch `id` (0 to `count - 1`), as positions in the list: of a part, its file.
    package func range(of id: Int) -> Range<Int> {
        precondition((0..<count).contains(id), "there is no mini-batch \(id)")
        let next = nextSplit(after: id)
        let end = next < splits.count ? splits[next].file : files
        guard next > 0 else { return id * size..<min(end, (id + 1) * size) }
        let last = splits[next - 1]
        if last.parts.contains(id) { return last.file..<last.file + 1 }
        let start = last.file + 1 + (id - last.parts.upperBound) * size
        return start..<min(end, start + size)
    }

    /// The mini-batches that are parts of the same file as mini-batch `id`; nil when it has whole files.
    package func parts(of id: Int) -> Range<Int>? {
        let next = nextSplit(after: id)
        guard next > 0, splits[next - 1].parts.contains(id) else { return nil }
        return splits[next - 1].parts
    }

    /// The first split file whose parts all come after mini-batch `id`, as its place among the split files.
    private func nextSplit(after id: Int) -> Int {
        var (low, high) = (0, splits.count)
        while low < high {
            let middle = (low + high) / 2
            if splits[middle].parts.lowerBound <= id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
