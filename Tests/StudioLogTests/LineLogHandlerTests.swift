import Foundation
import Logging
import StudioLog
import Synchronization
import Testing

struct LineLogHandlerTests {
    /// The lines that a logger has written.
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])

        func logger(_ form: LineLogHandler.Form, level: Logger.Level = .info) -> Logger {
            Logger(label: "test") { [self] _ in
                LineLogHandler(form, level: level) { line in self.all.withLock { $0.append(line) } }
            }
        }

        var text: String { all.withLock { $0.joined() } }
    }

    private static let record = LineLogHandler.Form.record { Date(timeIntervalSince1970: 1_796_000_000.25) }

    @Test func `writes a record as one line with time, level, text and values`() {
        let lines = Lines()
        var logger = lines.logger(Self.record)
        logger[metadataKey: "job"] = "J1"
        logger.warning("A worker ended.", metadata: ["worker": "3", "cause": "exit code 1"])
        #expect(
            lines.text == "2026-11-30T00:53:20.250Z WARNING A worker ended. cause=\"exit code 1\" job=J1 worker=3\n"
        )
    }

    @Test func `writes a message for a user without a time`() {
        let lines = Lines()
        let logger = lines.logger(.message)
        logger.warning("The disk is full.\nFree some space.")
        logger.info("Opened.", metadata: ["workspace": "/w"])
        #expect(lines.text == "WARNING: The disk is full.\nFree some space.\nINFO: Opened. (workspace=/w)\n")
    }

    @Test func `writes what is of its level or above`() {
        let lines = Lines()
        let logger = lines.logger(.message, level: .info)
        logger.debug("a")
        logger.info("b")
        logger.error("c")
        #expect(lines.text == "INFO: b\nERROR: c\n")
    }

    @Test func `masks secrets in addresses and in values with a secret's name`() {
        let lines = Lines()
        let logger = lines.logger(Self.record)
        logger.info(
            "Fetching https://me:hunter2@host/a?sig=abc.",
            metadata: ["api_key": "hunter3", "url": "https://host/b?token=hunter4"]
        )
        #expect(!lines.text.contains("hunter") && !lines.text.contains("abc"))
        #expect(lines.text.contains("https://***@host/a?***"))
        #expect(lines.text.contains("api_key=*** url=https://host/b?***"))
    }

    @Test func `lets no text of others make a line or move the cursor`() {
        let lines = Lines()
        lines.logger(Self.record).info("a\nERROR b\u{1B}[2J\u{202E}\u{2028}", metadata: ["file": "c\r\n"])
        #expect(
            lines.text
                == "2026-11-30T00:53:20.250Z INFO a\\nERROR b\\u001b[2J\\u202e\\u2028 file=\"c\\u000d\\n\"\n"
        )
        let messages = Lines()
        messages.logger(.message).info("a\u{1B}[2J\r\n\tb")
        #expect(messages.text == "INFO: a\\u001b[2J\\u000d\n\tb\n")
    }
}
