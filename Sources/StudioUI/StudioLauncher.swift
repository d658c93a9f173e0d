package import BatchWorkspace
import FoundationEssentials
import TerminalKit

/// Opens the studio on a workspace, in the terminal that the process runs in.
package enum StudioLauncher {
    /// Runs the studio until the person leaves it.
    ///
    /// It has a thread of its own, so that it takes none from the work it waits for. Jobs go on afterwards.
    ///
    /// - Parameters:
    ///   - workspace: The workspace to show.
    ///   - environment: The environment of the process, for the folders of the user's own files.
    ///   - ensureExecutor: Starts the executor unless it runs, and has it look at the queue.
    /// - Throws: `TerminalError` when there is no terminal to open it in.
    package static func run(
        workspace: Workspace,
        environment: [String: String],
        ensureExecutor: @escaping @Sendable () throws -> Void
    ) async throws {
        let settings = StudioSettings(environment: environment)
        var options = NcursesTerminal.Options()
        options.log = workspace.folder.path + "/studio.log"
        try await OwnThread.run { [options] in
            try NcursesTerminal.withTerminal(options) { terminal in
                _ = run(workspace: workspace, settings: settings, on: terminal, ensureExecutor: ensureExecutor)
            }
        }
    }

    /// Runs the studio on any terminal; gives back the model as it ended.
    @discardableResult
    static func run(
        workspace: Workspace,
        settings: StudioSettings,
        on terminal: any Terminal,
        ensureExecutor: @escaping @Sendable () throws -> Void
    ) -> AppModel {
        let model = AppModel(
            folder: workspace.folder,
            keymap: Keymap(overrides: settings.keymap),
            themes: ThemeCatalog.load(folder: settings.themes, colors: terminal.colors, current: settings.theme),
            now: workspace.now(),
            time: .system
        )
        let runner = EffectRunner(workspace: workspace, settings: settings, ensureExecutor: ensureExecutor)
        return Runtime(model, on: terminal, listen: runner.listen, perform: runner.perform).run()
    }
}
