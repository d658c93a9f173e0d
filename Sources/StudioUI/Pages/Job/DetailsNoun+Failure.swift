import BatchDomain
import DisplayText
import TerminalKit

extension DetailsNoun<FileFailure> {
    /// The page of a file's failure, with the traceback.
    static func failure(job: String, miniBatch: Int, file: String) -> Self {
        DetailsNoun(
            route: .failure(job: job, miniBatch: miniBatch, file: file),
            context: .failure,
            query: .failure(job: job, miniBatch: miniBatch, file: file),
            title: { $0?.file ?? file },
            subject: { content throws(Failure) in
                guard case .failure(let found) = content else { return nil }
                guard let found else {
                    throw Failure("open the error", text: "The job has no such error any more.")
                }
                return found
            },
            copies: { found in
                let traceback = found.traceback.map { [("Traceback", $0)] } ?? []
                return Copies([("File", found.file), ("Reason", "\(found.type): \(found.message)")] + traceback)
            },
            details: details
        )
    }

    private static func details(_ found: FileFailure, _ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        lines.heading("File that failed")
        lines.field("File", found.file)
        lines.field("Mini-batch", Figures.count(found.miniBatch))
        lines.field("Failed at attempt", String(found.attempt))
        lines.field("Reason", "\(found.type): \(found.message)", role: .error)
        lines.heading("Traceback")
        lines.text(
            found.traceback?.withShortLibraryPaths ?? "There is none: the worker ended before it could report one."
        )
        return lines
    }
}
