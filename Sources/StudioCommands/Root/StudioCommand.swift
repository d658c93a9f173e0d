import ArgumentParser

/// A command of batchstudio: its flags, and what it does.
protocol StudioCommand: AsyncParsableCommand {
    /// The options that every command has.
    var global: GlobalOptions { get }

    /// False for a command that no mistake in the user's configuration may keep from its work.
    static var readsConfig: Bool { get }

    /// Does the command's work and prints its answer.
    func run(in session: Session) async throws
}

extension StudioCommand {
    static var readsConfig: Bool { true }

    func run() async throws {
        try await run(in: Session(Surroundings.live, global, readsConfig: Self.readsConfig))
    }
}
