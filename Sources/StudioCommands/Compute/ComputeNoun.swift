import BatchDomain
import BatchManifest
import StudioCore

/// `batchstudio compute …`.
enum ComputeNoun: ResourceNoun {
    static let command = "compute"
    static let names = NamedThing.compute
    static let title = "compute target"
    static let showing = "Show a compute target."
    static let deletion = "Delete a compute target that no deployment uses."
    static let columns = [
        TableColumn("Name", "name"), TableColumn("Type", "type"), TableColumn("Size", "size"),
        TableColumn("MinInstances", "min_instances"), TableColumn("MaxInstances", "max_instances"),
        TableColumn("Description", "description"),
    ]

    static func value(of target: ComputeTarget) -> ManifestValue { ManifestValue(target) }

    static func thing(_ name: String, in studio: Studio) async throws -> ComputeTarget {
        try await studio.computeTarget(name)
    }

    static func delete(_ name: String, in studio: Studio) async throws { try await studio.deleteCompute(name) }
}
