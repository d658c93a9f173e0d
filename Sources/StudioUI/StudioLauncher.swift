import BatchDomain
import FoundationEssentials
import StudioCore
import TerminalKit

/// Opens the studio on a workspace, in the terminal that the process runs in.
package enum StudioLauncher {
    /// Runs the studio until the user leaves it.
    ///
    /// It blocks the thread; jobs continue afterwards.
    ///
    /// - Returns: The signal that ended it; nil when the user left.
    /// - Throws: `StudioError` when there is no terminal to open it in.
    static func run(_ studio: Studio) throws -> Int32? {
        let settings = StudioSettings(environment: studio.caller.environment)
        var options = NcursesTerminal.Options()
        if studio.readOnlyReason == nil { options.log = studio.folder.path + "/studio.log" }
        do {
            return try NcursesTerminal.withTerminal(options) { terminal in
                run(studio, settings: settings, on: terminal).endSignal
            }
        } catch let error as TerminalError {
            // It says what to do; the command line takes errors that it does not know for unforeseen ones.
            throw StudioError(.environment, error.description)
        }
    }

    /// Runs the studio on any terminal; returns the model as it ended.
    @discardableResult
    static func run(_ studio: Studio, settings: StudioSettings, on terminal: any Terminal) -> AppModel {
        let model = AppModel(
            folder: studio.folder,
            keymap: Keymap(overrides: settings.keymap),
            themes: ThemeCatalog.load(folder: settings.themes, colors: terminal.colors, current: settings.theme),
            now: studio.now(),
            time: .system,
            notifies: settings.notifies
        )
        let seat = StudioSeat(at: studio)
        defer { seat.leave() }
        let runner = EffectRunner(studio: studio, settings: settings, keeper: StateKeeper(seat))
        return Runtime(model, on: terminal, listen: runner.listen, perform: runner.perform).run()
    }
}
