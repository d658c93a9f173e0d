import BatchDomain
import GRDB

/// The common part of models, data assets and environments: a name, and versions that count up.
protocol VersionedAsset: FetchableRecord, PersistableRecord {
    /// The noun of the asset in messages.
    static var noun: String { get }
    /// The command group that lists and makes them.
    static var command: String { get }
    var name: String { get }
    var version: String { get }
    var labels: AssetLabels { get set }
}

extension Model: VersionedAsset {
    static var noun: String { "model" }
    static var command: String { "model" }
    var labels: AssetLabels {
        get { AssetLabels(description: description, tags: tags, properties: properties) }
        set {
            description = newValue.description
            tags = newValue.tags
            properties = newValue.properties
        }
    }
}

extension DataAsset: VersionedAsset {
    static var noun: String { "data asset" }
    static var command: String { "data" }
    var labels: AssetLabels {
        get { AssetLabels(description: description, tags: tags) }
        set {
            description = newValue.description
            tags = newValue.tags
        }
    }
}

extension EnvironmentAsset: VersionedAsset {
    static var noun: String { "environment" }
    static var command: String { "environment" }
    var labels: AssetLabels {
        get { AssetLabels(description: description, tags: tags) }
        set {
            description = newValue.description
            tags = newValue.tags
        }
    }
}

extension VersionedAsset {
    /// The version that is meant.
    ///
    /// - Throws: ``StudioError`` with code `notFound`, naming what there is.
    static func find(_ db: Database, _ reference: AssetReference) throws -> Self {
        let named = Self.filter(Column("name") == reference.name)
        switch reference.version {
        case .exact(let version):
            if let found = try named.filter(Column("version") == version).fetchOne(db) { return found }
        case .latest:
            let active = named.filter(sql: Visibility.active.condition)
            if let found = try active.order(Column("sequence").desc).fetchOne(db) { return found }
        }
        let others = try String.fetchAll(db, named.select(Column("version")).order(Column("sequence")))
        if reference.version == .latest, !others.isEmpty {
            throw StudioError(
                .notFound,
                "Every version of \(noun) '\(reference.name)' is archived: \(others.joined(separator: ", ")).",
                advice:
                    "Name one of them, or bring them back with: batchstudio \(command) restore -n \(reference.name)",
                inStudio: "Restore it, or choose one of its versions."
            )
        }
        throw StudioError(
            .notFound,
            others.isEmpty
                ? "There is no \(noun) named '\(reference.name)'."
                : "\(noun.sentenceCased) '\(reference.name)' has no such version; it has \(others.joined(separator: ", ")).",
            advice: "List them with: batchstudio \(command) list",
            inStudio: "Choose another one."
        )
    }

    /// The version that a new registration gets: the one asked for, or one more than the highest number so far, deleted ones
    /// included.
    static func nextVersion(_ db: Database, name: String, wanted: String?) throws -> String {
        let versions = try String.fetchAll(db, Self.filter(Column("name") == name).select(Column("version")))
        guard let wanted else {
            let used = try Int.fetchOne(
                db,
                sql: "SELECT number FROM usedVersion WHERE asset = ? AND name = ?",
                arguments: [databaseTableName, name]
            )
            let numbers = (versions.compactMap { Int($0) } + [used ?? 0]).filter { $0 < Int.max }
            return String((numbers.max() ?? 0) + 1)
        }
        if versions.contains(wanted) {
            throw StudioError(
                .alreadyExists,
                "\(noun.sentenceCased) '\(name)' has a version \(wanted) already, and versions never change.",
                advice: "Leave the version out to get the next one."
            )
        }
        return wanted
    }
}

extension String {
    /// The text with its first letter in capitals.
    var sentenceCased: String { prefix(1).uppercased() + dropFirst() }
}
