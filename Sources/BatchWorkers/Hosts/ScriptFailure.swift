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
    /// What to say if no other host does.
    var reason: StudioError
}
