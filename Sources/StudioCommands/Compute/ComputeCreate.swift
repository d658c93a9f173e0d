import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio compute create`.
struct ComputeCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract:
            "Make a compute target: a Ray cluster, or Azure's numbers, whose instances are processes of this machine.",
        discussion: """
            Example: batchstudio compute create -n batch-cluster --type amlcompute --max-instances 4
            Example: batchstudio compute create -n ray-cluster --type ray --set address=10.0.0.5:6379 max_workers=8
            """
    )

    @Option(name: [.short, .long], help: "The compute target's name.")
    var name: String?

    @Option(name: [.short, .long], help: "amlcompute or ray.", completion: .list(["amlcompute", "ray"]))
    var type: String?

    @Option(help: "A virtual machine's size; shown, not used.")
    var size: String?

    @Option(help: "The fewest instances; shown, not used. Without one, 0.")
    var minInstances: String?

    @Option(help: "The most instances that a deployment may ask for; without a number here or in a file, 4.")
    var maxInstances: String?

    @Option(name: [.customShort("d"), .long], help: "Seconds until an idle instance goes; shown, not used.")
    var idleTimeBeforeScaleDown: String?

    @Option(help: .azureOnly)
    var tier: String?

    @Option(help: .azureOnly)
    var location: String?

    @Option(help: .azureOnly)
    var identityType: String?

    @Option(help: "What it is for.")
    var description: String?

    @Option(parsing: .upToNextOption, help: "Labels: KEY=VALUE.")
    var tags: [String] = []

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        var target = try ComputeManifest.read(
            source.document(
                in: session,
                flags: [
                    "name": name, "type": type, "size": size, "min_instances": minInstances,
                    // Azure's schema says 1 for files, its command line 4 for flags.
                    "max_instances": maxInstances ?? (source.file == nil && type?.lowercased() != "ray" ? "4" : nil),
                    "idle_time_before_scale_down": idleTimeBeforeScaleDown, "description": description,
                ]
            ),
            now: session.surroundings.now()
        )
        target.tags.merge(try Assignment.labels(tags, flag: "--tags")) { _, flag in flag }
        try session.answer(ComputeNoun.output(try await session.openStudio().saveCompute(target)))
    }
}
