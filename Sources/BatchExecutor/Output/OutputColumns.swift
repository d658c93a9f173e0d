import BatchWorkspace

/// The columns of a job's rows: the variants that mini-batches returned, and which of them the output has.
///
/// Mini-batches are scored in parallel, but the output has the columns of the first one in input order that has rows, however
/// many workers there are. So its columns are fixed once that one is known: once all before it are finished without rows. Those
/// that are finished by then with other columns must be scored again. Of a file in parts all parts are waited for: when one of them
/// fails, the output has no rows of the others.
///
///     var columns = OutputColumns()
///     let wide = columns.variant(of: ["row", "a", "b", "file"])
///     let narrow = columns.variant(of: ["row", "prediction", "file"])
///     columns.finish(1, with: wide)    // []: mini-batch 0 decides
///     columns.finish(0, with: narrow)  // [1]
///     columns.names                    // ["row", "prediction", "file"]
struct OutputColumns: Equatable, Sendable {
    /// Maximum number of variants: all are kept until the output's columns are fixed.
    static let maxVariants = 100

    /// The names of each variant; a variant's number is its place.
    private(set) var variants: [[String]]
    /// The variant that the output has, once it is fixed.
    private(set) var fixed: Int?

    /// A finished mini-batch.
    private struct Finished: Equatable {
        /// The columns of its rows; nil without rows.
        var variant: Int?
        /// The mini-batches of its file, where it is a part of one.
        var parts: Range<Int>?
    }

    /// Finished mini-batches; empty once the columns are fixed.
    private var finished: [Int: Finished] = [:]
    /// The first mini-batch that is not finished, or has rows.
    private var frontier = 0
    /// All mini-batches from ``frontier`` to this one are finished.
    private var end = 0

    init(variants: [[String]] = []) {
        self.variants = variants
    }

    /// True when there may be no further variant.
    var isFull: Bool { variants.count >= Self.maxVariants }

    /// The output's columns, once they are fixed.
    var names: [String]? { fixed.map { variants[$0] } }

    /// The variant of these columns; nil for new ones.
    func number(of names: [String]) -> Int? { names == self.names ? fixed : variants.firstIndex(of: names) }

    /// The variant of these columns, which is added when it is new.
    mutating func variant(of names: [String]) -> Int {
        if let number = number(of: names) { return number }
        variants.append(names)
        return variants.count - 1
    }

    /// Takes a finished mini-batch; those that have other columns than the output must be scored again.
    ///
    /// - Parameters:
    ///   - id: The mini-batch.
    ///   - variant: The columns of its rows; nil without rows.
    ///   - parts: The mini-batches of its file, where it is a part of one.
    ///   - hasFailed: Whether its file has failed, if it is a part: none of the parts has rows then.
    /// - Returns: Finished mini-batches with other columns than the output.
    mutating func finish(_ id: Int, with variant: Int?, in parts: Range<Int>? = nil, hasFailed: Bool = false) -> [Int] {
        if let fixed { return variant == nil || variant == fixed ? [] : [id] }
        finished[id] = Finished(variant: variant, parts: parts)
        if hasFailed, let parts { for part in parts { finished[part]?.variant = nil } }
        while let first = finished[frontier] {
            guard let variant = first.variant else {
                frontier += 1
                continue
            }
            guard isFinished(to: first.parts?.upperBound ?? 0) else { return [] }
            fixed = variant
            defer { finished = [:] }
            return finished.filter { $0.value.variant.map { $0 != variant } ?? false }.keys.sorted()
        }
        return []
    }

    /// Returns whether all mini-batches from ``frontier`` up to this one are finished.
    private mutating func isFinished(to bound: Int) -> Bool {
        end = max(end, frontier)
        while end < bound, finished[end] != nil { end += 1 }
        return end >= bound
    }

    /// Takes a mini-batch back that is scored again because its rows are lost.
    mutating func reopen(_ id: Int) {
        guard fixed == nil else { return }
        finished[id] = nil
        frontier = min(frontier, id)
        end = min(end, id)
    }

    /// Takes the mini-batches that an earlier executor finished, and returns those that must be scored again.
    ///
    /// Without a variant a mini-batch has no rows, or those of a version that did not keep it. Those of the others are all
    /// known, see ``ColumnsFile/check(_:have:)``.
    mutating func restore(_ journaled: [JournaledColumns]) -> [Int] {
        journaled.flatMap { finish($0.miniBatch, with: $0.variant, in: $0.parts) }
    }
}
