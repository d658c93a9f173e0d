import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio compute list`.
struct ComputeList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the compute targets.",
        discussion: "Example: batchstudio compute list -o table"
    )

    @Option(help: "Only targets of this type.")
    var type: String?

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let targets = try await session.openStudio().computeTargets()
            .filter { type == nil || $0.kind.rawValue == type?.lowercased() }
        try session.answer(ComputeNoun.output(try list.limited(targets)))
    }
}
