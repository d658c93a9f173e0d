import ArgumentParser
import BatchManifest
import StudioCore

/// Carries out `batchstudio version`.
struct VersionShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the versions of batchstudio and of what it is made of.",
        discussion: "Example: batchstudio version -o json"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let parts = try await ProgramParts.current(for: session.surroundings.caller)
        try session.answer([
            "batchstudio": .string(ProgramParts.version), "schema": .string(parts.schema),
            "swift": .string(ProgramParts.swift), "sqlite": .string(parts.sqlite),
            "uv": parts.uv.map { .string($0) } ?? .null,
        ])
    }
}
