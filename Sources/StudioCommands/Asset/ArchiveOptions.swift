import ArgumentParser
import BatchDomain
import StudioCore

/// Which versions of an asset go out of the lists or come back.
struct ArchiveOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The version; without one, all versions.")
    var version: String?

    @Option(name: [.short, .long], help: "latest: the version that was registered last.")
    var label: String?

    /// Archives or restores the versions meant.
    func setArchived(_ isArchived: Bool, _ kind: AssetKind, _ name: String, in studio: Studio) async throws {
        var version = version
        if label != nil {
            var options = VersionOptions()
            (options.version, options.label) = (version, label)
            let reference = try options.reference(to: name)
            version = try await studio.version(of: kind, reference).version
        }
        try await studio.setArchived(isArchived, kind, name, version: version)
    }
}
