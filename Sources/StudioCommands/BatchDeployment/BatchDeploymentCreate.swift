import ArgumentParser
import BatchManifest
import StudioCore

/// Carries out `batchstudio batch-deployment create`.
struct BatchDeploymentCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a deployment; one of that name is replaced.",
        discussion: """
            Example: batchstudio batch-deployment create -f deployment.yml --endpoint-name wine-batch --set-default
            """
    )

    @Option(name: [.short, .long], help: "The deployment's name, in place of the file's.")
    var name: String?

    @Option(
        name: [.short, .long],
        help: "The endpoint's name, in place of the file's.",
        completion: .names(of: .endpoint)
    )
    var endpointName: String?

    @Flag(help: "Make it the deployment that jobs run on unless they name another.")
    var setDefault = false

    @Flag(help: "Take the scoring script without looking at its syntax and for init() and run().")
    var skipScriptValidation = false

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let document = try source.document(in: session)
        let draft = try DeploymentManifest.read(document, name: name, endpointName: endpointName)
        let deployment = try await session.openStudio().deploy(
            draft,
            setDefault: setDefault,
            script: skipScriptValidation ? .skip : .check
        )
        try session.answer(Output(deployment))
    }
}
