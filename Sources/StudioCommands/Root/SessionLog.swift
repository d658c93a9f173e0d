import Logging

/// The log of the core on the error stream: warnings always, details with `--verbose`.
struct SessionLog: LogHandler {
    let session: Session
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    func log(event: LogEvent) {
        event.level < .warning ? session.elaborate("\(event.message)") : session.warn("\(event.message)")
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
