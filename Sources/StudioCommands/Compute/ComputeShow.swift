import ArgumentParser
import StudioCore

/// Carries out `batchstudio compute show`.
struct ComputeShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: ComputeNoun.showing,
        discussion: """
            Example: batchstudio compute show -n my-cluster --check
            With --check the exit code is 1 when jobs can't run there.
            """
    )

    @Option(
        name: [.short, .long],
        help: "The \(ComputeNoun.title)'s name.",
        completion: .names(of: ComputeNoun.names)
    )
    var name: String

    @Flag(help: "Check a Ray cluster in place: versions, nodes and what they offer, a worker's start, the storage.")
    var check = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let target = try await studio.computeTarget(name)
        guard check else { return try session.answer(ComputeNoun.output(target)) }
        let findings = await Studio.check(target, in: session.folder, for: session.surroundings.caller)
        try session.answer(Output(findings: findings), default: .table)
        if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
    }
}
