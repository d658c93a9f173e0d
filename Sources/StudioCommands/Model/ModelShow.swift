import ArgumentParser
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio model show`.
struct ModelShow: StudioCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a model.")

    @Option(name: [.short, .long], help: "The model's name.", completion: .names(of: .model))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let model = try await session.openWorkspace().model(version.reference(to: name))
        try session.answer(Output(model))
    }
}
