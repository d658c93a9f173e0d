import BatchDomain

/// The text of a job's log: the executor's lines as in their file, what scripts print after the name of the worker.
struct JobLogText {
    private var reasons: ResolverReasons
    private let showsWorkers: Bool
    /// The source of a line that continues.
    private var open: JobLogSource?

    /// - Parameters:
    ///   - job: The job.
    ///   - log: The file that holds all that the executor wrote.
    ///   - isTerminal: True for users; false for programs, which receive the prints of a single worker as they are.
    init(of job: Job, log: String, isTerminal: Bool) {
        reasons = ResolverReasons(log: log)
        showsWorkers = isTerminal || job.specification.settings.workers > 1
    }

    /// The lines that are shown, each with a line break unless it continues.
    mutating func text(of lines: [JobLogLine]) -> String {
        var result = ""
        for line in lines {
            let source = line.place.source
            let isRest = open == source
            if open != nil, !isRest { result += "\n" }
            open = line.isOpen ? source : nil
            let end = line.isOpen ? "" : "\n"
            switch source {
            case .executor: result += isRest || line.isOpen ? line.text + end : reasons.shortened(line.text + end)
            // The executor's line of the exception names the file that has all of it.
            case .exceptions, .otherExceptions: open = nil
            case .loading, .output, .errors:
                result += (showsWorkers && !isRest ? "[\(source.label)] " : "") + line.text + end
            }
        }
        return result
    }

    /// The end of the text: the line break of a last line that had none, and a line that was held back.
    mutating func end() -> String {
        defer { open = nil }
        return (open == nil ? "" : "\n") + reasons.rest()
    }
}
