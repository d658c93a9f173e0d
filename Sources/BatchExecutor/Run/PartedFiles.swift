import BatchDomain
import BatchWorkspace

/// The files of a job that are split: a file succeeds when all its parts do, and fails with the reason of its first failed part.
///
/// Parts after a failed one need not be scored. Where rows turn out to depend on others, the file is scored whole: by the
/// mini-batch of its first part alone.
struct PartedFiles {
    private let plan: MiniBatchPlan
    private var known: JournaledParts

    /// Continues with what the journal knows.
    init(_ plan: MiniBatchPlan, journaled: JournaledParts) {
        self.plan = plan
        known = journaled
    }

    /// Returns whether a mini-batch needs nothing more because of other parts of its file, whatever its worker reports.
    func isSettled(_ id: Int) -> Bool {
        guard let first = plan.parts(of: id)?.lowerBound else { return false }
        if known.wholeFiles.contains(first) { return id != first }
        return known.failed[first].map { id > $0 } ?? false
    }

    /// Returns whether the rows of a part have other types than those of another part.
    ///
    /// - Parameters:
    ///   - types: The types of its rows; nil without rows.
    ///   - id: The mini-batch.
    /// - Returns: True when they have.
    mutating func differ(_ types: String?, in id: Int) -> Bool {
        guard let types, let first = plan.parts(of: id)?.lowerBound, !known.wholeFiles.contains(first) else {
            return false
        }
        if let others = known.rowTypes[first] { return types != others }
        known.rowTypes[first] = types
        return false
    }

    /// The record of a mini-batch with what it means for other parts of its file; it is not settled.
    func counted(_ record: MiniBatchRecord) -> MiniBatchRecord {
        guard let parts = plan.parts(of: record.id) else { return record }
        let first = parts.lowerBound
        let hasFailed = record.failedFiles > 0
        var counted = record
        counted.part = MiniBatchRecord.Part(parts: parts, types: known.rowTypes[first])
        if known.wholeFiles.contains(first) {
            counted.part?.settled = Array(parts.dropFirst())
        } else if hasFailed {
            counted.part?.settled = Array(record.id + 1..<parts.upperBound)
        }
        // Its file has no rows in the output, because a later part has failed.
        if hasFailed || known.failed[first] != nil { (counted.outcome, counted.columnVariant) = (.failed, nil) }
        return counted
    }

    /// Returns whether a part is the last one of a file that is scored in parts and of which no part has a row.
    func leavesItsFileWithoutRows(_ record: MiniBatchRecord) -> Bool {
        guard let parts = plan.parts(of: record.id), record.failedFiles == 0, record.hasNoRow else { return false }
        let first = parts.lowerBound
        guard !known.wholeFiles.contains(first), known.failed[first] == nil else { return false }
        return known.withoutRows[first, default: []].union([record.id]).count == parts.count
    }

    /// Takes a record; returns whether its file is one more that failed.
    mutating func add(_ record: MiniBatchRecord) -> Bool {
        guard let part = record.part else { return true }
        guard record.failedFiles > 0 else {
            if record.hasNoRow { known.withoutRows[part.parts.lowerBound, default: []].insert(record.id) }
            return false
        }
        return known.failed.updateValue(record.id, forKey: part.parts.lowerBound) == nil
    }

    /// Has a file scored whole.
    mutating func scoreWhole(_ parts: Range<Int>) {
        known.wholeFiles.insert(parts.lowerBound)
        known.failed[parts.lowerBound] = nil
        known.rowTypes[parts.lowerBound] = nil
        known.withoutRows[parts.lowerBound] = nil
    }
}

extension MiniBatchRecord {
    fileprivate var hasNoRow: Bool { if case .done(let segment) = outcome { segment.rows == 0 } else { false } }
}
