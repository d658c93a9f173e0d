import ArgumentParser
import BatchManifest
import BatchWorkers

/// Carries out `batchstudio doctor`.
struct Doctor: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what is installed, what is missing, and how to get it; the exit code is 1 when jobs can't run."
    )

    @Flag(help: "Set a damaged database aside and bring what can be read of it, and of the folders, into a new one.")
    var repair = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        if repair { return try await WorkspaceRepair(session).run() }
        var findings = WorkspaceCheckup(session).findings
        // Without descriptors no tool can be asked for its version, and without threads this process would end or hang as it does.
        let needed = [StartCheck.descriptors, .threads].map(\.rawValue)
        if !findings.contains(where: { needed.contains($0.name) && $0.state == .missing }) {
            let tools = await ToolReport.current(
                cache: CacheFolder(variables: session.surroundings.environment),
                variables: session.surroundings.environment
            )
            findings += ToolCheckup(tools).findings
        }
        let columns = [
            TableColumn("State", "state"), TableColumn("What", "name"), TableColumn("Found", "found"),
            TableColumn("WhatToDo", "advice"),
        ]
        try session.answer(Output(list: findings.map(\.value), columns: columns), default: .table)
        if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
    }
}
