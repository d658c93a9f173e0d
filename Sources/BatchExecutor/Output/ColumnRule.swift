import BatchDomain

/// The rule of a job for the columns of its rows.
enum ColumnRule {
    /// Nothing: rows are lines.
    case free
    /// The same in all mini-batches, else the job fails: the rows of a script are its own.
    case same
    /// Those of the first rows in input order; a file that has others fails.
    case first

    init(_ specification: JobSpecification) {
        switch specification.scoring {
        case .generated where specification.output.file != nil: self = .first
        default: self = specification.rowFormat == .csvWithHeader ? .same : .free
        }
    }
}
