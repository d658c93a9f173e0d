import ArgumentParser
import BatchDomain

/// A command of `az ml` that has no meaning on one's own machine: it is known, and says why it does nothing.
protocol RefusedCommand: StudioCommand {
    /// Why there is nothing to do, in one sentence.
    static var reason: String { get }
    /// The alternative.
    static var advice: String? { get }
    /// The arguments besides the options of every command.
    var words: [String] { get }
}

extension RefusedCommand {
    static var advice: String? { nil }

    func run(in session: Session) async throws {
        throw StudioError(.invalidState, Self.reason, advice: Self.advice)
    }
}
