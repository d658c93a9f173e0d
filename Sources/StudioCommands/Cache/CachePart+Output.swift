import ArgumentParser
import BatchDomain
import BatchManifest

extension CachePart {
    /// The columns of a table.
    static let columns = [
        TableColumn("Kind", "kind"), TableColumn("Name", "name"), TableColumn("Size", "size"),
        TableColumn("LastUse", "last_use"), TableColumn("State", "state"), TableColumn("For", "for"),
    ]

    /// The part as it is printed.
    var value: ManifestValue {
        [
            "kind": .string(kind.rawValue), "name": .string(name),
            "size": bytes.map { .string(ByteSize.text($0)) } ?? .null, "bytes": bytes.map { .int($0) } ?? .null,
            "last_use": lastUse.map { ManifestValue($0) } ?? .null, "state": .string(state.rawValue),
            "for": .string(purpose), "path": .string(path),
        ]
    }
}

extension CachePart.Kind: ExpressibleByArgument {}
