import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio workspace show`.
struct WorkspaceShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the workspace's folder, its owner, its size, and whether it can be changed.",
        discussion: "Example: batchstudio workspace show --query path -o tsv"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try session.openExistingStudio()
        let value: ManifestValue = [
            "id": try await studio.workspaceID().map { .string($0) } ?? .null,
            "name": .string(session.folder.name),
            "path": .string(session.folder.path),
            "owner": .string(studio.owner),
            "schema_version": .int(try await studio.schemaVersion()),
            "is_writable": .bool(studio.readOnlyReason == nil),
            "bytes": .int(studio.bytes()),
        ]
        try session.answer(Output(value))
    }
}
