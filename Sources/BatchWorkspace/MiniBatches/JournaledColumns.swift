import GRDB

/// A mini-batch that needs nothing more, and the columns of its rows.
package struct JournaledColumns: Equatable, Sendable {
    /// The mini-batch.
    package var miniBatch: Int
    /// The number of its rows' list of columns among those of the job; nil where there are no rows, or it is unknown.
    package var variant: Int?
    /// The mini-batches of its file, where it is a part of one.
    package var parts: Range<Int>?

    package init(miniBatch: Int, variant: Int?, parts: Range<Int>? = nil) {
        self.miniBatch = miniBatch
        self.variant = variant
        self.parts = parts
    }
}

extension Workspace {
    /// The columns of all mini-batches of a job that need nothing more, in input order.
    package func journaledColumns(of name: String) async throws -> [JournaledColumns] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, CASE WHEN rows > 0 THEN columnVariant END, firstPart, parts FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?) ORDER BY id
                    """,
                arguments: [name]
            ).map { row in
                let (first, count): (Int?, Int?) = (row[2], row[3])
                let parts = first.map { $0..<$0 + (count ?? 1) }
                return JournaledColumns(miniBatch: row[0], variant: row[1], parts: parts)
            }
        }
    }
}
