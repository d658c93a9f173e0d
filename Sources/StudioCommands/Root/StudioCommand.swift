import ArgumentParser

/// A command of batchstudio: its flags, and what it does.
protocol StudioCommand: AsyncParsableCommand {
    /// The options that every command has.
    var global: GlobalOptions { get }

    /// Does the command's work and prints its answer.
    func run(in session: Session) async throws
}

extension StudioCommand {
    func run() async throws {
        try await run(in: Session(Surroundings.live, global))
    }
}
