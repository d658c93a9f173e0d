import BatchDomain
import Foundation
import GRDB

/// Statements on many digests at once: each takes thousands as one value, which is several times as quick as one by one.
enum DigestTable {
    private static let most = 10_000

    private static let part = """
        WITH RECURSIVE part (start) AS (
            SELECT 1 WHERE length(:digests) > 0
            UNION ALL SELECT start + 16 FROM part WHERE start + 16 < length(:digests)
        )
        """

    /// Adds digests to the known files of a scope.
    static func addKnown(_ digests: [FileDigest], to scope: Int64, _ db: Database) throws {
        let sql = "INSERT OR IGNORE INTO knownFile (scope, digest)"
        let values = "SELECT :scope, substr(:digests, start, 16) FROM part WHERE true"
        try forEachPart(of: digests) { part, _ in
            let arguments: StatementArguments = ["scope": scope, "digests": part]
            try db.cachedStatement(sql: "\(Self.part) \(sql) \(values)").execute(arguments: arguments)
        }
    }

    /// Adds digests to the files that runs of a schedule have taken.
    static func addTaken(_ digests: [FileDigest], by schedule: String, in scope: Int64, _ db: Database) throws {
        let sql = "INSERT OR IGNORE INTO takenFile (schedule, scope, digest)"
        let values = "SELECT :schedule, :scope, substr(:digests, start, 16) FROM part WHERE true"
        try forEachPart(of: digests) { part, _ in
            let arguments: StatementArguments = ["schedule": schedule, "scope": scope, "digests": part]
            try db.cachedStatement(sql: "\(Self.part) \(sql) \(values)").execute(arguments: arguments)
        }
    }

    /// Finds the digests that are not known in a scope, and that no run of a schedule has taken.
    ///
    /// Ascending digests are quicker: neighbors lie on the same page.
    static func newPositions(
        among digests: [FileDigest],
        in scope: Int64,
        notTakenBy schedule: String?,
        _ db: Database
    ) throws -> [Int] {
        var sql = """
            \(part) SELECT start / 16 FROM part WHERE NOT EXISTS (
                SELECT 1 FROM knownFile WHERE scope = :scope AND digest = substr(:digests, start, 16)
            )
            """
        if schedule != nil {
            sql += """
                 AND NOT EXISTS (
                    SELECT 1 FROM takenFile
                    WHERE schedule = :schedule AND scope = :scope AND digest = substr(:digests, start, 16)
                )
                """
        }
        var positions: [Int] = []
        try forEachPart(of: digests) { part, first in
            var arguments: StatementArguments = ["scope": scope, "digests": part]
            if let schedule { _ = arguments.append(contentsOf: ["schedule": schedule]) }
            positions += try Int.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { first + $0 }
        }
        return positions
    }

    private static func forEachPart(of digests: [FileDigest], _ body: (Data, Int) throws -> Void) rethrows {
        for first in stride(from: 0, to: digests.count, by: most) {
            var part = Data(capacity: most * FileDigest.size)
            for digest in digests[first..<min(first + most, digests.count)] { digest.append(to: &part) }
            try body(part, first)
        }
    }
}
