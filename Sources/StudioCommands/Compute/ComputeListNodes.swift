import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio compute list-nodes`.
struct ComputeListNodes: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-nodes",
        abstract: "List the workers that jobs run on a compute target now.",
        discussion: "Example: batchstudio compute list-nodes -n local -o table"
    )

    @Option(name: [.short, .long], help: "The compute target's name.", completion: .names(of: .compute))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let nodes = try await session.openStudio().workers(onCompute: name).map { job, worker -> ManifestValue in
            [
                "node_id": .string("\(job)-\(worker.worker)"), "node_state": .string(worker.activity),
                "private_ip_address": .string(worker.node ?? "127.0.0.1"), "pid": .int(worker.pid),
                "run_id": .string(job),
                "gpus": worker.gpus.map { .string($0) } ?? .null,
            ]
        }
        let columns = [
            TableColumn("NodeId", "node_id"), TableColumn("State", "node_state"), TableColumn("Pid", "pid"),
            TableColumn("Job", "run_id"),
        ]
        try session.answer(Output(list: nodes, columns: columns))
    }
}
