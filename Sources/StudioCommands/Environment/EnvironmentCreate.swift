import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio environment create`.
struct EnvironmentCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Register an environment: the Python packages that scoring code needs. The first job builds it.",
        discussion: "Example: batchstudio environment create --name sklearn-env --conda-file ./conda.yaml"
    )

    @Option(name: [.short, .long], help: "The environment's name.")
    var name: String?

    @Option(name: [.short, .long], help: "The version; without one, one more than the highest so far.")
    var version: String?

    @Option(name: [.short, .long], help: "A container image; kept and shown, but not used on this machine.")
    var image: String?

    @Option(
        name: [.short, .long],
        help: "The conda file with Python's version and the packages, or a .txt file of pip requirements.",
        completion: .file(extensions: ["yml", "yaml", "txt"])
    )
    var condaFile: String?

    @Option(name: [.short, .long], help: .azureOnly)
    var buildContext: String?

    @Option(name: [.short, .long], help: .azureOnly)
    var dockerfilePath: String?

    @Option(help: .azureOnly)
    var osType: String?

    @Option(help: .azureOnly)
    var datastore: String?

    @Option(help: "What it is for.")
    var description: String?

    @Option(parsing: .upToNextOption, help: "Labels: KEY=VALUE.")
    var tags: [String] = []

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let document = try source.document(
            in: session,
            flags: [
                "name": name, "version": version, "image": image, "conda_file": source.path(condaFile, in: session),
                "build.path": buildContext, "build.dockerfile_path": dockerfilePath, "os_type": osType,
                "description": description,
            ]
        )
        var registration = EnvironmentRegistration(name: "")
        try Problems.collected { problems in
            var labels: [String: String] = [:]
            problems.attempt { labels = try Assignment.labels(tags, flag: "--tags") }
            problems.attempt { registration = try EnvironmentManifest.read(document) }
            registration.tags.merge(labels) { _, flag in flag }
        }
        try session.answer(EnvironmentNoun.output(try await session.openStudio().createEnvironment(registration)))
    }
}
