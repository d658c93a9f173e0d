import ArgumentParser
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio data list`.
struct DataList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the latest version of every data asset, or all versions of one."
    )

    @Option(name: [.short, .long], help: "Only this data asset, in all its versions.", completion: .names(of: .data))
    var name: String?

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let visibility = try list.visibility()
        let workspace = try await session.openWorkspace()
        let assets = try await workspace.dataAssets(named: name, visibility)
        try session.answer(Output(try list.limited(assets)))
    }
}
