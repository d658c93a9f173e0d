package import Logging
import BatchDomain
import DisplayText
package import Foundation

/// A handler that makes a line of text of each log record, without secrets and control characters.
///
/// ```swift
/// let logger = Logger(label: "executor") { _ in
///     LineLogHandler(.record(now: { Date() }), level: .info) { FileHandle.standardError.write(Data($0.utf8)) }
/// }
/// ```
package struct LineLogHandler: LogHandler {
    /// The form of the lines.
    package enum Form: Sendable {
        /// `WARNING: text (job=J1)`, for a user; text may have several lines.
        case message
        /// `2026-11-29T12:00:00.000Z WARNING text job=J1`, for a file: one line a record.
        case record(now: @Sendable () -> Date)
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let form: Form
    private let write: @Sendable (String) -> Void

    /// Writes each record of a level or above; `write` takes a line with its line break.
    package init(_ form: Form, level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
        self.form = form
        logLevel = level
        self.write = write
    }

    /// A value with spaces in quotes.
    private static func quoted(_ value: String) -> String {
        value.contains { $0.isWhitespace } ? "\"" + value + "\"" : value
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Self.quoted(SecretName.masked("\($0.value)", of: $0.key)))" }
        let text = SecretMask.masked("\(event.message)")
        let level = event.level.rawValue.uppercased()
        switch form {
        case .message:
            let details = values.isEmpty ? "" : " (\(values.joined(separator: ", ")))"
            write("\(level): \(text)\(details)".escapedForTerminal + "\n")
        case .record(let now):
            let time = now().formatted(
                .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
            )
            write(([time, level, text] + values).joined(separator: " ").escapedLine + "\n")
        }
    }
}

extension Logger {
    /// A logger that writes nothing.
    package static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
