import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio data create`.
struct DataCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Register a data asset: a name for data, which stays where it is.",
        discussion: "Example: batchstudio data create --name wine-unlabeled --path ./unlabeled"
    )

    @Option(name: [.short, .long], help: "The data asset's name.")
    var name: String?

    @Option(name: [.short, .long], help: "The version; without one, one more than the highest so far.")
    var version: String?

    @Option(
        name: [.short, .long],
        help: "uri_folder, uri_file or mltable; without one, uri_folder.",
        completion: .list(DataAsset.Kind.allCases.map(\.rawValue))
    )
    var type: String?

    @Option(
        name: [.short, .long],
        help: "The folder or file, or a path in a datastore: azureml://datastores/NAME/paths/PATH.",
        completion: .directory
    )
    var path: String?

    @Option(help: "What it is.")
    var description: String?

    @Option(name: [.customShort("z"), .long], help: .azureOnly)
    var datastoreName: String?

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let document = try source.document(
            in: session,
            flags: [
                "name": name, "version": version, "type": type, "path": source.path(path, in: session),
                "description": description,
            ]
        )
        let registration = try DataManifest.read(document, requiresData: true)
        let isTyped = document.has(path: "type")
        try session.answer(
            DataNoun.output(try await session.openStudio().registerData(registration, isTyped: isTyped))
        )
    }
}
