import ArgumentParser
import BatchDomain
import BatchManifest
import Foundation
import StudioCore

/// Carries out `batchstudio compute list-sizes`.
struct ComputeListSizes: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-sizes",
        abstract: "List the sizes of machines: there is one, this machine's.",
        discussion: "Example: batchstudio compute list-sizes -o table"
    )

    @Option(help: .azureOnly)
    var type: String?

    @Option(name: [.short, .long], help: .azureOnly)
    var location: String?

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let machine = ProcessInfo.processInfo
        let gigabytes = (Double(machine.physicalMemory) / 1e8).rounded() / 10
        let gpus = await Studio.gpus(for: session.surroundings.caller).gpus
        let size: ManifestValue = [
            "name": "local", "v_cp_us": .int(machine.activeProcessorCount), "memory_gb": .double(gigabytes),
            "gpus": .int(gpus.count), "gpu_names": .list(gpus.map { .string($0.product) }),
            "supported_compute_types": ["AmlCompute"],
        ]
        let columns = [
            TableColumn("Name", "name"), TableColumn("Cores", "v_cp_us"), TableColumn("MemoryGB", "memory_gb"),
            TableColumn("GPUs", "gpus"),
        ]
        try session.answer(Output(list: [size], columns: columns))
    }
}
