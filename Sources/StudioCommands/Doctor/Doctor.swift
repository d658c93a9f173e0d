import ArgumentParser
import StudioCore

/// Carries out `batchstudio doctor`.
struct Doctor: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what is installed, what is missing, and how to get it; the exit code is 1 when jobs can't run.",
        discussion: "Example: batchstudio doctor"
    )

    @Flag(help: "Set a damaged database aside and bring what can be read of it, and of the folders, into a new one.")
    var repair = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let surroundings = session.surroundings
        if repair {
            let findings = try await Studio.repair(session.folder, now: surroundings.now)
            return try session.answer(Output(findings: findings, areAdvised: false), default: .table)
        }
        let findings = await Studio.checkUp(
            session.folder,
            for: surroundings.caller,
            executor: surroundings.executor
        )
        try session.answer(Output(findings: findings), default: .table)
        if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
    }
}
