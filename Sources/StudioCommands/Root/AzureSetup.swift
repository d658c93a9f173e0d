import ArgumentParser
import Logging

/// A command of `az` that prepares a user's access to Azure: scripts begin with them, and here there is nothing to prepare.
protocol AzureSetup: StudioCommand {
    /// The command's name.
    static var name: String { get }
    /// The arguments after it.
    var words: [String] { get }
}

extension AzureSetup {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: name, abstract: "Does nothing here.", shouldDisplay: false)
    }

    func run(in session: Session) async throws {
        session.logger.info("az \(Self.name) prepares access to Azure; nothing is prepared here.")
    }
}

/// `az configure --defaults group=…`.
struct AzureConfigure: AzureSetup {
    static let name = "configure"

    @Argument(parsing: .allUnrecognized) var words: [String] = []
    @OptionGroup var global: GlobalOptions
}

/// `az account set --subscription …`.
struct AzureAccount: AzureSetup {
    static let name = "account"

    @Argument(parsing: .allUnrecognized) var words: [String] = []
    @OptionGroup var global: GlobalOptions
}

/// `az extension add -n ml`.
struct AzureExtension: AzureSetup {
    static let name = "extension"

    @Argument(parsing: .allUnrecognized) var words: [String] = []
    @OptionGroup var global: GlobalOptions
}

/// `az login`.
struct AzureLogin: AzureSetup {
    static let name = "login"

    @Argument(parsing: .allUnrecognized) var words: [String] = []
    @OptionGroup var global: GlobalOptions
}
