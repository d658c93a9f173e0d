import Foundation
import Synchronization
package import Testing

/// Compares a message with its entry in the target's `Goldens/messages.txt`, the one place where the target's messages are spelled.
///
/// A test asserts on the error's type, code and fields, and leaves the sentence to the golden:
///
/// ```swift
/// let error = await #expect(throws: StudioError.self) { try await workspace.job("nosuch") }
/// #expect(error?.code == .notFound)
/// expectMessage(error, "job/unknown")
/// ```
///
/// Recorded like any golden: `RECORD_GOLDENS=1` writes the entry and fails the test. `placeholders` are what stands in the
/// golden for what differs from run to run, such as a folder's path.
package func expectMessage(
    _ message: (any CustomStringConvertible)?,
    _ name: String,
    placeholders: [String: String] = [:],
    fileID: String = #fileID,
    file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let message else {
        Issue.record("There is no message to compare with \(name).", sourceLocation: sourceLocation)
        return
    }
    // The longest first: a folder's path may begin with another's.
    let text = placeholders.sorted { $0.key.count > $1.key.count }.reduce(message.description) { text, placeholder in
        text.replacingOccurrences(of: placeholder.key, with: placeholder.value)
    }.trimmingCharacters(in: .newlines)
    let golden = MessageGolden(ofTestIn: file, fileID: fileID)
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
        do {
            try golden.record(text, name)
            Issue.record("\(name) was recorded; look at it and run again.", sourceLocation: sourceLocation)
        } catch {
            Issue.record("\(golden.path) can't be written: \(error)", sourceLocation: sourceLocation)
        }
    } else if let expected = golden.messages[name] {
        guard text != expected else { return }
        Issue.record("The message \(name) differs:\n- \(expected)\n+ \(text)", sourceLocation: sourceLocation)
    } else {
        Issue.record(
            "There is no message \(name) in \(golden.path); record it with RECORD_GOLDENS=1.\n\(text)",
            sourceLocation: sourceLocation
        )
    }
}

/// The messages of a test target by name, in a file with an entry for each: its name after `## `, and the text below.
private struct MessageGolden {
    /// Tests record at the same time, all in one file.
    private static let lock = Mutex(())

    let path: String

    /// The golden of the target whose folder the test's file is in.
    init(ofTestIn file: String, fileID: String) {
        let target = fileID.prefix { $0 != "/" }
        let folder = file.range(of: "/\(target)/", options: .backwards).map { file[..<$0.upperBound] }
        path = (folder ?? "") + "Goldens/messages.txt"
    }

    var messages: [String: String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [:] }
        var messages: [String: String] = [:]
        for entry in "\n\(text)".components(separatedBy: "\n## ").dropFirst() {
            let lines = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            messages[String(lines[0])] = lines.dropFirst().joined().trimmingCharacters(in: .newlines)
        }
        return messages
    }

    func record(_ text: String, _ name: String) throws {
        try Self.lock.withLock { _ in
            var messages = messages
            messages[name] = text
            let entries = messages.sorted { $0.key < $1.key }.map { "## \($0.key)\n\($0.value)\n" }
            try write(entries.joined(separator: "\n"), to: path)
        }
    }
}
