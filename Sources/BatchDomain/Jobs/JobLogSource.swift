/// The origin of a line of a job's log; their order is that of lines of the same time.
package enum JobLogSource: Hashable, Comparable, Sendable {
    /// The executor: what it did, and how the environment was built.
    case executor
    /// The loading of the scoring script, before there are workers.
    case loading
    /// Exceptions of the scoring script where the worker is gone.
    case otherExceptions
    /// Standard output of a worker.
    case output(worker: Int)
    /// Standard error of a worker.
    case errors(worker: Int)
    /// Exceptions of the scoring script in a worker.
    case exceptions(worker: Int)

    /// Its name beside a line.
    package var label: String {
        switch self {
        case .executor: "executor"
        case .loading: "loading"
        case .output(let worker): "worker \(worker)"
        case .errors(let worker): "worker \(worker) err"
        case .exceptions(let worker): "worker \(worker) exc"
        case .otherExceptions: "exception"
        }
    }

    /// True when it holds the tracebacks of exceptions.
    package var isOfExceptions: Bool {
        switch self {
        case .exceptions, .otherExceptions: true
        case .executor, .loading, .output, .errors: false
        }
    }

    /// The worker that it belongs to; nil where that is none or unknown.
    package var worker: Int? {
        switch self {
        case .executor, .loading, .otherExceptions: nil
        case .output(let worker), .errors(let worker), .exceptions(let worker): worker
        }
    }
}

/// How much a line of a job's log matters.
package enum JobLogLevel: Int, CaseIterable, Comparable, Sendable {
    case debug, info, warning, error

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    /// The word in the executor's log.
    package var word: String {
        switch self {
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warning: "WARNING"
        case .error: "ERROR"
        }
    }
}
