import ArgumentParser
import BatchDomain

/// Which version of a registered asset is meant.
struct VersionOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The version; without one, the latest.")
    var version: String?

    @Option(name: [.short, .long], help: "latest: the version that was registered last.")
    var label: String?

    /// The asset of that name in the version meant.
    ///
    /// - Throws: ``ValidationError`` for a label other than `latest`, or when both are given.
    func reference(to name: String) throws -> AssetReference {
        if let label, label != "latest" {
            throw BatchDomain.ValidationError(
                Problem(
                    field: "--label",
                    value: label,
                    rule: "must be latest, the only label there is",
                    example: "latest"
                )
            )
        }
        if let version, label != nil {
            throw BatchDomain.ValidationError(
                Problem(field: "--label", rule: "can't be given together with --version \(version)")
            )
        }
        return AssetReference(name: name, version: version.map { .exact($0) } ?? .latest)
    }

    /// The asset of that name in a version that must be named, for what can't be undone.
    ///
    /// - Throws: ``ValidationError`` where neither version nor label is given.
    func explicitReference(to name: String) throws -> AssetReference {
        if version == nil, label == nil {
            throw BatchDomain.ValidationError(
                Problem(
                    field: "--version",
                    rule: "or --label latest must say which version goes",
                    example: "--version 1"
                )
            )
        }
        return try reference(to: name)
    }
}

/// How much of a list is shown.
struct ListOptions: ParsableArguments {
    @Option(name: [.customShort("r"), .long], help: "At most this many, the newest first.")
    var maxResults: Int?

    @Flag(help: "What is archived too.")
    var includeArchived = false

    @Flag(help: "Only what is archived.")
    var archivedOnly = false

    /// Which part of a list is wanted.
    ///
    /// - Throws: ``ValidationError`` when both flags are given.
    func visibility() throws -> Visibility {
        if includeArchived, archivedOnly {
            throw BatchDomain.ValidationError(
                Problem(field: "--archived-only", rule: "can't be given together with --include-archived")
            )
        }
        return archivedOnly ? .archived : includeArchived ? .all : .active
    }

    /// The part of a list that is shown.
    ///
    /// - Throws: ``ValidationError`` for a number below 1.
    func limited<Element>(_ elements: [Element]) throws -> [Element] {
        guard let maxResults else { return elements }
        try check()
        return Array(elements.prefix(maxResults))
    }

    /// - Throws: ``ValidationError`` for a number below 1.
    func check() throws {
        if let maxResults, maxResults < 1 {
            throw BatchDomain.ValidationError(
                Problem(field: "--max-results", value: String(maxResults), rule: "must be 1 or more", example: "50")
            )
        }
    }
}
