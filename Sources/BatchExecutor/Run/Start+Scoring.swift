import BatchDomain
import BatchWorkers

extension ExecutorMessage.Start {
    /// Sets what a job's specification says of how files are scored, as far as it differs from the defaults.
    ///
    /// - Parameters:
    ///   - specification: What the job is.
    ///   - fileColumn: How rows name their file: never ``OutputFileColumn/auto``.
    mutating func setScoring(of specification: JobSpecification, fileColumn: OutputFileColumn) {
        readOptions = specification.settings.readOptions
        guard specification.scoring == .generated else { return }
        let contract = specification.settings.rowContract
        blockRows = specification.settings.blockRows
        rowContract = contract == .onePerRow ? nil : contract.rawValue
        self.fileColumn = fileColumn == .name ? nil : fileColumn.rawValue
    }
}
