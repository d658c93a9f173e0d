import ArgumentParser
import StudioCore

/// Carries out `batchstudio executor stop`.
struct ExecutorStop: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the executor; its jobs resume when it is started again, which any command does.",
        discussion: "Example: batchstudio executor stop"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let wasRunning = try session.surroundings.executor.process(session.folder) != nil
        if wasRunning { try session.surroundings.executor.stop(session.folder) }
        session.note(wasRunning ? "The executor has stopped." : "No executor was running.")
    }
}
