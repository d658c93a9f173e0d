import BatchManifest

/// What of the sample was made, and what was there already.
struct SampleReport {
    private var values: [ManifestValue] = []

    /// Adds a line.
    mutating func add(_ kind: String, _ name: String, isNew: Bool) {
        values.append(["kind": .string(kind), "name": .string(name), "status": isNew ? "created" : "exists already"])
    }

    /// All lines.
    var output: Output {
        Output(
            list: values,
            columns: [TableColumn("Kind", "kind"), TableColumn("Name", "name"), TableColumn("Status", "status")]
        )
    }
}
