import ArgumentParser
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio compute show`.
struct ComputeShow: StudioCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a compute target.")

    @Option(name: [.short, .long], help: "The compute target's name.", completion: .names(of: .compute))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(Output(try await session.openWorkspace().computeTarget(name)))
    }
}
