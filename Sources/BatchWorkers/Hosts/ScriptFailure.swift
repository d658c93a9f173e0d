import BatchDomain

/// A scoring script that could not be loaded or initialised: the same would happen in every worker.
package struct ScriptFailure: Error, Equatable, CustomStringConvertible {
    /// The Python exception's class.
    package var type: String
    /// Its message.
    package var message: String
    /// Its traceback.
    package var traceback: String?

    package init(_ error: WorkerMessage.ScriptError) {
        type = error.type
        message = error.message
        traceback = error.traceback
    }

    package var description: String { message.isEmpty ? type : "\(type): \(message)" }
}

/// A signal ended a host before its script was loaded: the script need not be to blame, and another host may fare better.
struct KilledWhileLoading: Error {
    /// The failure to report if no other host has a better one.
    var reason: StudioError

    /// The error of a host that ended, with an exit code or a negative signal, before its script was loaded.
    static func error(_ status: Int, log: String) -> any Error {
        let ended = "The Python process \(ProcessEnd.describe(status)) before the scoring script was loaded."
        let error = StudioError(.environment, ended, advice: "Its last words are in \(log).")
        return status < 0 ? KilledWhileLoading(reason: error) : error
    }
}
