import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio executor uninstall`.
struct ExecutorUninstall: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Remove the unit that executor install has written; a running executor stays.",
        discussion: "Example: batchstudio executor uninstall"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let installation = ExecutorInstallation(session.folder, environment: session.surroundings.environment)
        if try installation.uninstall() {
            session.report("Removed \(installation.path). Unload it with: systemctl --user daemon-reload")
        } else {
            session.report("No unit of the workspace \(session.folder.path) is installed.")
        }
    }
}
