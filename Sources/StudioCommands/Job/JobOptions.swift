import ArgumentParser
import StudioCore

/// Which job is meant.
struct JobOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: "The job's name or display name, or the beginning of one.",
        completion: .names(of: .job)
    )
    var name: String

    /// The name of the job that is meant; the error stream names one that was typed in another way.
    ///
    /// - Throws: ``StudioError`` when no job is meant, or several are.
    func name(in studio: Studio, _ session: Session) async throws -> String {
        let found = try await studio.jobName(meantBy: name)
        if found != name { session.report("'\(name)' is job \(found).") }
        return found
    }
}
