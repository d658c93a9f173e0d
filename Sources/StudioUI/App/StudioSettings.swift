import FoundationEssentials
import StudioCore

/// The user's own files: `~/.config/batchstudio/keymap.yaml`, `themes/*.yaml`, and what was chosen, in `config.toml`.
struct StudioSettings: Sendable {
    /// The folder, absolute; `$XDG_CONFIG_HOME/batchstudio` where that is set.
    let folder: String
    private let environment: [String: String]

    init(environment: [String: String]) {
        self.environment = environment
        let home = environment["HOME"] ?? "/"
        let config = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        folder = config + "/batchstudio"
    }

    var themes: String { folder + "/themes" }
    private var keymapFile: String { folder + "/keymap.yaml" }

    /// The short name of the theme that was chosen.
    var theme: String? { (try? ConfigFile(environment: environment))?.value(.theme) }

    /// False when the end of a job is not to be reported.
    var notifies: Bool { (try? ConfigFile(environment: environment))?.value(.notify) != "none" }

    /// The keys that were chosen.
    var keymap: KeymapFile {
        read(keymapFile).map { KeymapFile(text: $0, file: keymapFile) } ?? KeymapFile()
    }

    /// Remembers a theme.
    func choose(theme: String) throws { try write(theme, to: .theme) }

    /// Remembers whether the end of a job is reported.
    func choose(notifies: Bool) throws { try write(notifies ? "bell" : "none", to: .notify) }

    private func write(_ value: String, to setting: ConfigSetting) throws {
        var config = try ConfigFile(environment: environment)
        try config.set(setting, to: value)
    }

    private func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
