import BatchDomain
import BatchWorkspace

/// The agreement of a job's mini-batches on the output's columns: fixed by the first rows in input order, kept by all others.
struct ColumnAgreement {
    private let rule: ColumnRule
    private let file: ColumnsFile
    private var columns: OutputColumns
    /// Mini-batches that were scored again for their columns, or are to be.
    private var scoredAgain: Set<Int> = []
    /// Finished mini-batches that are to be scored again for their columns.
    private(set) var differing: Set<Int> = []

    /// Continues with the columns that earlier executors kept.
    init(_ columns: OutputColumns, rule: ColumnRule, in folder: JobFolder) {
        self.rule = rule
        file = ColumnsFile(of: folder)
        self.columns = columns
    }

    /// True when rows have columns that must agree.
    var isNeeded: Bool { rule != .free }

    /// The output's columns, once they are fixed.
    var names: [String]? { columns.names }

    /// Keeps the columns of a mini-batch and returns their variant; nil when it must be scored again, because its columns are
    /// not those of the output.
    ///
    /// - Throws: ``JobFailure`` when the rows of a script have other columns than those before them, when there are too many
    ///   different columns to keep, and when a mini-batch differs again although its worker had received the columns; else the
    ///   error of the disk.
    mutating func keep(_ names: [String], of id: Int) throws -> Int? {
        if let fixed = columns.names, names != fixed {
            guard scoredAgain.insert(id).inserted else {
                throw JobFailure("Mini-batch \(id) has other columns than the output, though its worker knew them.")
            }
            return nil
        }
        if let number = columns.number(of: names) { return number }
        if rule == .same, let others = columns.variants.first {
            throw JobFailure(
                "The output has one header, but mini-batch \(id) returned the columns \(names.joined(separator: ", ")) and "
                    + "others returned \(others.joined(separator: ", ")). Let run() return the same columns always, or leave out "
                    + "output_header."
            )
        }
        if columns.isFull {
            throw JobFailure(
                "The output has the same columns in all rows, but the rows of mini-batches have more than "
                    + "\(OutputColumns.maxVariants) different lists of columns, the last of them mini-batch \(id). Use a model that returns "
                    + "the same columns for all files, or score files that are alike with jobs of their own."
            )
        }
        var extended = columns
        let number = extended.variant(of: names)
        try file.write(extended.variants)
        columns = extended
        return number
    }

    /// Returns whether a mini-batch may be scored again yet, because the output's columns are not fixed.
    func isUndecided(_ record: MiniBatchRecord) -> Bool {
        rule == .first && columns.fixed == nil && record.columnVariant != nil
    }

    /// Takes a finished mini-batch and those that it settles; true when that fixes the output's columns.
    mutating func finish(_ record: MiniBatchRecord) -> Bool {
        guard rule == .first else { return false }
        let wasFixed = columns.fixed != nil
        for id in record.part?.settled ?? [] { differing.formUnion(columns.finish(id, with: nil)) }
        differing.formUnion(
            columns.finish(
                record.id,
                with: record.columnVariant,
                in: record.part?.parts,
                hasFailed: record.failedFiles > 0
            )
        )
        return !wasFixed && columns.fixed != nil
    }

    /// Returns whether a mini-batch is scored again for its columns.
    func isDiffering(_ record: MiniBatchRecord) -> Bool {
        if let fixed = columns.fixed, let variant = record.columnVariant { variant != fixed } else { false }
    }

    /// Takes a mini-batch back that is scored again because its rows are lost.
    mutating func reopen(_ id: Int) {
        columns.reopen(id)
    }

    /// Notes that the differing mini-batches are scored again.
    mutating func reopenDiffering() {
        scoredAgain.formUnion(differing)
        differing = []
    }
}
