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
