import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio workspace show`.
struct WorkspaceShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the workspace's folder, its owner, its size, and whether it can be changed."
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try session.openExistingWorkspace()
        let value: ManifestValue = [
            "id": try await workspace.id().map { .string($0) } ?? .null,
            "name": .string(session.folder.name),
            "path": .string(session.folder.path),
            "owner": .string(WorkspaceAccess.owner(of: session.folder)),
            "schema_version": .int(try await workspace.schemaVersion()),
            "is_writable": .bool(workspace.readOnlyReason == nil),
            "bytes": .int(workspace.bytes()),
        ]
        try session.answer(Output(value))
    }
}
