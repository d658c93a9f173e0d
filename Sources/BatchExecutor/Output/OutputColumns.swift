/// The columns of a job's rows: the variants that mini-batches returned, and which of them the output has.
///
/// Mini-batches are scored in parallel, but the output has the columns of the first one in input order that has rows, however
/// many workers there are. So its columns are fixed once that one is known: once all before it are finished without rows. Those
/// that are finished by then with other columns must be scored again.
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

    /// Finished mini-batches and their variants, nil for those without rows; empty once the columns are fixed.
    private var finished: [Int: Int?] = [:]
    /// The first mini-batch that is not finished, as long as none before it has rows.
    private var frontier = 0

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
    /// - Returns: Finished mini-batches with other columns than the output.
    mutating func finish(_ id: Int, with variant: Int?) -> [Int] {
        if let fixed { return variant == nil || variant == fixed ? [] : [id] }
        finished[id] = .some(variant)
        while let first = finished[frontier] {
            guard let first else {
                frontier += 1
                continue
            }
            fixed = first
            defer { finished = [:] }
            return finished.filter { $0.value.map { $0 != first } ?? false }.keys.sorted()
        }
        return []
    }

    /// Takes a mini-batch back that is scored again because its rows are lost.
    mutating func reopen(_ id: Int) {
        guard fixed == nil else { return }
        finished[id] = nil
        frontier = min(frontier, id)
    }

    /// Takes the mini-batches that an earlier executor finished, and returns those that must be scored again.
    ///
    /// Without a variant a mini-batch has no rows, or those of a version that did not keep it. Those of the others are all
    /// known, see ``ColumnsFile/check(_:have:)``.
    mutating func restore(_ journaled: [(id: Int, variant: Int?)]) -> [Int] {
        journaled.flatMap { finish($0.id, with: $0.variant) }
    }
}
