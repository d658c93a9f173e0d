import BatchDomain
package import BatchWorkspace
import FoundationEssentials
import TerminalKit

/// Opens the studio on a workspace, in the terminal that the process runs in.
package enum StudioLauncher {
    /// Runs the studio until the person leaves it.
    ///
    /// It blocks the main thread; jobs go on afterwards.
    ///
    /// - Parameters:
    ///   - workspace: The workspace to show.
    ///   - environment: The environment of the process, for the folders of the user's own files.
    ///   - services: What is done by others.
    /// - Throws: `StudioError` when there is no terminal to open it in.
    package static func run(
        workspace: Workspace,
        environment: [String: String],
        services: StudioServices
    ) throws {
        let settings = StudioSettings(environment: environment)
        var options = NcursesTerminal.Options()
        if workspace.readOnlyReason == nil { options.log = workspace.folder.path + "/studio.log" }
        do {
            try NcursesTerminal.withTerminal(options) { terminal in
                _ = run(
                    workspace: workspace,
                    settings: settings,
                    on: terminal,
                    services: services
                )
            }
        } catch let error as TerminalError {
            // It says what to do; the command line takes errors that it does not know for unforeseen ones.
            throw StudioError(.environment, error.description)
        }
    }

    /// Runs the studio on any terminal; gives back the model as it ended.
    @discardableResult
    static func run(
        workspace: Workspace,
        settings: StudioSettings,
        on terminal: any Terminal,
        services: StudioServices
    ) -> AppModel {
        let model = AppModel(
            folder: workspace.folder,
            keymap: Keymap(overrides: settings.keymap),
            themes: ThemeCatalog.load(folder: settings.themes, colors: terminal.colors, current: settings.theme),
            now: workspace.now(),
            time: .system
        )
        let runner = EffectRunner(workspace: workspace, settings: settings, services: services)
        return Runtime(model, on: terminal, listen: runner.listen, perform: runner.perform).run()
    }
}
