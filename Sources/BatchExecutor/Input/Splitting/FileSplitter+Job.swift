import BatchDomain
import BatchWorkspace

extension FileSplitter {
    /// The splitter of a job's input; nil where no file is split.
    ///
    /// - Parameters:
    ///   - specification: How the job scores.
    ///   - workers: Its workers, 1 or more.
    ///   - signature: The model's signature, if there is one.
    init?(_ specification: JobSpecification, workers: Int, signature: ModelSignature?) {
        let settings = specification.settings
        let isGenerated = specification.scoring == .generated
        let options = settings.readOptions ?? ReadOptions()
        guard let size = (settings.splitFiles ?? (isGenerated ? .auto : .never)).size, options[.take] == nil else {
            return nil
        }
        if isGenerated {
            // Predictions without rows are numbered file by file, and tensors may be of a file as a whole.
            guard settings.rowContract != .unchecked, signature?.inputs.contains(where: \.isTensor) != true else {
                return nil
            }
        }
        self.init(
            size: size,
            workers: workers,
            options: options,
            needsColumns: signature?.inputs.contains { $0.isRequired && $0.name != nil } ?? false,
            splitsParquet: isGenerated,
            blockRows: settings.blockRows
        )
    }
}
