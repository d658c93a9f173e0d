import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio compute update`.
struct ComputeUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a compute target: its instances, description and tags.",
        discussion: "Example: batchstudio compute update -n batch-cluster --max-instances 8"
    )

    @Option(name: [.short, .long], help: "The compute target's name.", completion: .names(of: .compute))
    var name: String

    @Option(help: "The fewest instances; shown, not used.")
    var minInstances: String?

    @Option(help: "The most instances that a deployment may ask for.")
    var maxInstances: String?

    @Option(name: [.customShort("d"), .long], help: "Seconds until an idle instance goes; shown, not used.")
    var idleTimeBeforeScaleDown: String?

    @Option(help: .azureOnly)
    var identityType: String?

    @Option(parsing: .upToNextOption, help: "Labels: KEY=VALUE.")
    var tags: [String] = []

    @OptionGroup var source: FileOptions
    @OptionGroup var changes: UpdateOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let changed = try await session.openStudio().updateCompute(name) { old in
            let base =
                if let file = source.file {
                    try changes.changed(session.document(file), of: file)
                } else {
                    try changes.changed(ManifestValue(old), of: "compute target \(name)")
                }
            let document = try source.changed(
                base,
                flags: [
                    "name": name, "min_instances": minInstances, "max_instances": maxInstances,
                    "idle_time_before_scale_down": idleTimeBeforeScaleDown,
                ],
                forceString: changes.forceString
            )
            var target = try ComputeManifest.read(document, now: session.surroundings.now())
            target.tags.merge(try Assignment.labels(tags, flag: "--tags")) { _, flag in flag }
            return target
        }
        try session.answer(ComputeNoun.output(changed))
    }
}
