import BatchDomain
import BatchWorkers
import BatchWorkspace

extension ExecutorMessage.Start {
    /// Makes the start of a job's worker.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - prepared: How it is scored.
    ///   - folder: Its folder.
    ///   - segment: The name of the segment file that the worker writes.
    ///   - metrics: The file of its metrics.
    init(of job: Job, _ prepared: PreparedJob, in folder: JobFolder, segment: String, metrics: String) {
        let specification = job.specification
        self.init(
            job: job.name,
            manifest: folder.manifest,
            inputRoot: specification.input.root,
            segment: folder.segments + "/" + segment,
            outputFolder: specification.output.folder,
            outputAction: specification.settings.outputAction.rawValue,
            outputFormat: specification.rowFormat.rawValue,
            reasons: prepared.fetcher == nil ? nil : folder.inputReasons,
            metrics: metrics,
            memoryLimit: specification.settings.memoryLimitPerWorker
        )
        setScoring(of: specification, fileColumn: prepared.fileColumn)
        if specification.scoring == .generated {
            inputTypes = folder.inputTypes
        } else if specification.settings.splitFiles?.size != nil {
            partFiles = true
        }
        if specification.settings.profile != .off {
            // A script's own input is not known.
            profile = specification.scoring == .generated ? specification.settings.profile.rawValue : "rows"
        }
        workFolder = folder.work
        reportColumns = ColumnRule(specification) == .free ? nil : true
    }

    /// Sets what a job's specification says of how files are scored, as far as it differs from the defaults.
    ///
    /// - Parameters:
    ///   - specification: What the job is.
    ///   - fileColumn: How rows name their file: never ``OutputFileColumn/auto``.
    mutating func setScoring(of specification: JobSpecification, fileColumn: OutputFileColumn) {
        readOptions = specification.settings.readOptions
        splitFiles = specification.settings.splitFiles == .never ? "never" : nil
        guard specification.scoring == .generated else { return }
        let contract = specification.settings.rowContract
        blockRows = specification.settings.blockRows
        rowContract = contract == .onePerRow ? nil : contract.rawValue
        self.fileColumn = fileColumn == .name ? nil : fileColumn.rawValue
    }
}
