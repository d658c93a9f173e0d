import BatchDomain
import TerminalKit

extension JobPage {
    func refusal(of command: Command) -> String? {
        if tab == .results, let reason = results.refusal(of: command) { return reason }
        switch command {
        case .sort, .reverseSort:
            return tab == .errors ? "Errors are listed in the order of the input." : nil
        case .openMiniBatch where tab == .overview:
            return content?.job.counts.miniBatches ?? 0 == 0 ? "The input is not listed yet." : nil
        case .openMiniBatch where tab == .errors:
            return failures[failureTable.cursor] == nil ? "No file failed." : nil
        case .filterLog, .openMiniBatch: return log.refusal(of: command)
        case .open where tab == .errors:
            return failures.total ?? 0 == 0 ? "No file failed." : nil
        case .open where tab == .outputs:
            return outputs.selected == nil ? "There is no output yet." : nil
        case .openOutput:
            if let path = outputPath, OutputFile.isParquet(path) { return "A pager shows text only, not Parquet." }
            if tab == .outputs { return outputs.selected == nil ? "There is no output yet." : nil }
            guard let job = content?.job else { return "The job is not there." }
            if job.specification.output.fileName == nil { return "The script writes its own files; see Outputs." }
            return job.state == .completed ? nil : "The output file is written when the job completes."
        case .cancelJob, .resumeJob, .retryFailed, .cloneJob, .deleteJob, .copy, .setBaseline, .writeReport:
            return content.map { JobCommands($0.job).refusal(of: command) } ?? "The job is not there."
        default:
            return nil
        }
    }
}
