import BatchDomain
import BatchManifest

extension Output {
    /// A compute target.
    init(_ target: ComputeTarget) { self.init(ManifestValue(target), columns: Self.computeColumns) }

    /// Compute targets.
    init(_ targets: [ComputeTarget]) {
        self.init(list: targets.map { ManifestValue($0) }, columns: Self.computeColumns)
    }

    private static let computeColumns = [
        TableColumn("Name", "name"), TableColumn("Type", "type"), TableColumn("Size", "size"),
        TableColumn("MinInstances", "min_instances"), TableColumn("MaxInstances", "max_instances"),
        TableColumn("Description", "description"),
    ]
}
