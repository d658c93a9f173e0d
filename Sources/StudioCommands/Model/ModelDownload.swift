import ArgumentParser
import BatchDomain
import BatchManifest
import Foundation
import StudioCore

/// Carries out `batchstudio model download`.
struct ModelDownload: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Copy a model's files to a folder, below one with the model's name.",
        discussion: "Example: batchstudio model download -n wine -v 1 --download-path ."
    )

    @Option(name: [.short, .long], help: "The model's name.", completion: .names(of: .model))
    var name: String

    @OptionGroup var version: VersionOptions

    @Option(
        name: [.customShort("p"), .long],
        help: "The folder to copy to; without one, the current one.",
        completion: .directory
    )
    var downloadPath: String?

    @Flag(help: "Replace files that exist.")
    var overwrite = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let paths = try await session.openStudio().downloadModel(
            version.reference(to: name),
            to: downloadPath ?? ".",
            overwrites: overwrite
        )
        try session.answer(
            Output(list: paths.map { ["path": .string($0)] }, columns: [TableColumn("Path", "path")]),
            default: .table
        )
    }
}
