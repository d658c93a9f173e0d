import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio cache list`.
struct CacheList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List environments, runtimes and the workspace's downloaded inputs, the least recently used first.",
        discussion: "Example: batchstudio cache list"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let parts = try await Studio.cacheParts(of: session.folder, for: session.surroundings.caller)
        try session.answer(Output(list: parts.map(\.value), columns: CachePart.columns), default: .table)
    }
}
