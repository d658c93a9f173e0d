import ArgumentParser
import BatchManifest

/// `batchstudio doctor`
struct Doctor: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what is installed, what is missing, and how to get it."
    )

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws {
        throw CleanExit.helpRequest(self)
    }
}
