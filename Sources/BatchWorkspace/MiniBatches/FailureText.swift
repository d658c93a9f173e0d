import GRDB

/// Texts of failed files, a row for each that differs: two hundred thousand files mostly fail for a few reasons.
///
/// Parts that differ from file to file are removed before a text is kept, and inserted again by the view `failedFile`: the file's name in a
/// message, the message in a traceback.
struct FailureText {
    /// Stands for the message in a traceback; a character for private use, which no text is made of.
    static let messageMark: Character = "\u{E000}"
    /// Stands for the file's name.
    static let fileMark: Character = "\u{E001}"

    /// The message as it is kept.
    let message: String
    /// The traceback as it is kept.
    let traceback: String?
    /// True when marks stand for removed parts.
    let isTemplate: Bool

    init(message: String, traceback: String?, file: String) {
        let texts = [message, traceback ?? "", file]
        if texts.contains(where: { $0.contains(Self.messageMark) || $0.contains(Self.fileMark) }) || file.isEmpty {
            (self.message, self.traceback, isTemplate) = (message, traceback, false)
            return
        }
        self.message = message.replacing(file, with: String(Self.fileMark))
        self.traceback = traceback.map { text in
            let withoutMessage = message.isEmpty ? text : text.replacing(message, with: String(Self.messageMark))
            return withoutMessage.replacing(file, with: String(Self.fileMark))
        }
        isTemplate = true
    }

    /// The row of a text of a job, made where there is none.
    static func id(of text: String, in job: Int64, _ db: Database) throws -> Int64? {
        try db.cachedStatement(sql: "INSERT INTO failureText (job, text) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .execute(arguments: [job, text])
        return try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM failureText WHERE job = ? AND text = ?"),
            arguments: [job, text]
        )
    }
}
