import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation

/// Carries out `batchstudio data show`.
struct DataShow: StudioCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a data asset.")

    @Option(name: [.short, .long], help: "The data asset's name.", completion: .names(of: .data))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let asset = try await session.openWorkspace().dataAsset(version.reference(to: name))
        if case .local(let path) = asset.path, !FileManager.default.fileExists(atPath: path) {
            session.warn("The data are gone: there is nothing at \(path).")
        }
        try session.answer(Output(asset))
    }
}
