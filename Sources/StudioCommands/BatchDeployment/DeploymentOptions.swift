import ArgumentParser
import StudioCore

/// Which deployment is meant.
struct DeploymentOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The deployment's name.", completion: .names(of: .deployment))
    var name: String

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var endpointName: String
}
