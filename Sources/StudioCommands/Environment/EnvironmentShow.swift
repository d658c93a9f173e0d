import ArgumentParser
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio environment show`.
struct EnvironmentShow: StudioCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an environment.")

    @Option(name: [.short, .long], help: "The environment's name.", completion: .names(of: .environment))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let asset = try await session.openWorkspace().environment(version.reference(to: name))
        try session.answer(Output(asset))
    }
}
