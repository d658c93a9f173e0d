import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio workspace backup`.
struct WorkspaceBackup: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the workspace to a new folder, consistently, while jobs run.",
        discussion: """
            Example: batchstudio workspace backup ~/backup-2026-11-29

            The copy is a workspace of its own: batchstudio --workspace DIR opens it. It holds the database, models, scoring \
            code, the default datastore and what jobs keep; credentials of datastores and the cache of fetched files are left out.
            Example: batchstudio workspace backup ~/backup-2026-11-29
            """
    )

    @Argument(help: "The folder to copy to; it must be empty or not exist.", completion: .directory)
    var folder: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let report = try await session.openExistingStudio().backUp(to: folder)
        try session.answer(
            Output(["path": .string(report.folder), "files": .int(report.files), "bytes": .int(report.bytes)])
        )
    }
}
