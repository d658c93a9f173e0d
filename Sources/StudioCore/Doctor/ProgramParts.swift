import BatchWorkers
import BatchWorkspace

/// The versions of the program and of what it is made of: what a report of a fault needs.
package struct ProgramParts: Equatable, Sendable {
    /// The program's version.
    package static let version = "0.1.0"

    /// The last change of the database's tables that this program knows, as `21 proofs of loaders`.
    package let schema: String
    /// SQLite's version.
    package let sqlite: String
    /// The version of the uv that environments are built with; nil when the first build will fetch one.
    package let uv: String?

    /// The version of the Swift compiler, its patch left out.
    package static var swift: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }

    /// Asks the parts; opens no workspace.
    ///
    /// - Throws: An error of SQLite when there is no memory for an empty database.
    package static func current(for caller: Caller) async throws -> ProgramParts {
        let uv = await UVTool.find(variables: caller.environment)
        return ProgramParts(schema: DatabaseVersions.schema, sqlite: try DatabaseVersions.sqlite(), uv: uv?.version)
    }
}
