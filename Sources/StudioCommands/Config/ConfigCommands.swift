import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Groups the commands `batchstudio config …`.
struct ConfigCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Your defaults, in ~/.config/batchstudio/config.toml: workspace, output, theme, notify.",
        subcommands: [ConfigList.self, ConfigGet.self, ConfigSet.self, ConfigUnset.self]
    )
}

/// A command on the configuration, which reads it itself: its problems are its answer.
protocol ConfigCommand: StudioCommand {}

extension ConfigCommand {
    static var readsConfig: Bool { false }
}

/// Carries out `batchstudio config list`.
struct ConfigList: ConfigCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List all settings with their values.",
        discussion: "Example: batchstudio config list"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let config = try ConfigFile(environment: session.surroundings.environment)
        let values = ConfigSetting.allCases.map { setting -> ManifestValue in
            [
                "name": .string(setting.rawValue), "value": ManifestValue(config.value(setting)),
                "help": .string(setting.help),
            ]
        }
        let columns = [TableColumn("Name", "name"), TableColumn("Value", "value"), TableColumn("Help", "help")]
        try session.answer(Output(list: values, columns: columns), default: .table)
        session.note("The file is \(config.path).")
    }
}

/// Carries out `batchstudio config get`.
struct ConfigGet: ConfigCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the value of a setting; nothing where it has none.",
        discussion: "Example: batchstudio config get workspace"
    )

    @Argument(help: "The setting.", completion: .list(ConfigSetting.allCases.map(\.rawValue)))
    var setting: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let setting = try ConfigSetting(named: setting)
        let value = try ConfigFile(environment: session.surroundings.environment).value(setting)
        try session.answer(Output(ManifestValue(value)), default: .tsv)
    }
}

/// Carries out `batchstudio config set`.
struct ConfigSet: ConfigCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change a setting; the file's comments stay.",
        discussion: """
            Examples:
              batchstudio config set output table
              batchstudio config set workspace ~/scoring
            """
    )

    @Argument(help: "The setting.", completion: .list(ConfigSetting.allCases.map(\.rawValue)))
    var setting: String

    @Argument(help: "Its value.")
    var value: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let setting = try ConfigSetting(named: setting)
        var config = try ConfigFile(environment: session.surroundings.environment)
        let value = setting == .workspace ? session.absolute(value) : value
        try config.set(setting, to: value)
        session.note("\(setting.rawValue) = \(value), in \(config.path).")
    }
}

/// Carries out `batchstudio config unset`.
struct ConfigUnset: ConfigCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset",
        abstract: "Remove a setting from the file.",
        discussion: "Example: batchstudio config unset output"
    )

    @Argument(help: "The setting.", completion: .list(ConfigSetting.allCases.map(\.rawValue)))
    var setting: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        var config = try ConfigFile(environment: session.surroundings.environment)
        try config.set(ConfigSetting(named: setting), to: nil)
    }
}
