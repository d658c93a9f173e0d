import BatchDomain
import GRDB

extension Workspace {
    /// Maximum jobs that a message names.
    private static let maxNamed = 10

    /// The name of the job that a text means: its name, its display name, or the beginning of one that no other job has.
    ///
    /// - Parameter text: The text as typed.
    /// - Returns: The job's name.
    /// - Throws: ``StudioError`` with code `notFound` when no job is meant, `invalidState` with their names when several are.
    package func jobName(meantBy text: String) async throws -> String {
        try await database.read { db in
            // The first condition that any job fulfills decides.
            let conditions = [
                "name = :text", "displayName = :text",
                "substr(name, 1, length(:text)) = :text OR substr(displayName, 1, length(:text)) = :text",
            ]
            for condition in conditions where !text.isEmpty {
                let found = try Row.fetchAll(
                    db,
                    sql: "SELECT name, displayName FROM job WHERE \(condition) ORDER BY sequence DESC LIMIT :most",
                    arguments: ["text": text, "most": Self.maxNamed + 1]
                )
                if found.count > 1 { throw Self.ambiguity(of: text, found) }
                if let name: String = found.first?["name"] { return name }
            }
            return try Self.jobRecord(text, db).job.name
        }
    }

    private static func ambiguity(of text: String, _ found: [Row]) -> StudioError {
        let named = found.prefix(maxNamed).map { row -> String in
            "  \(row["name"] as String)  \(row["displayName"] as String)"
        }
        let rest = found.count > maxNamed ? ["  …"] : []
        return StudioError(
            .invalidState,
            "'\(text)' may be each of these jobs, the newest first:\n" + (named + rest).joined(separator: "\n") + "\n",
            advice: "Type more of the name."
        )
    }
}
