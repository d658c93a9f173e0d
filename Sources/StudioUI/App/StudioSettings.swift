import FoundationEssentials
import StudioCore

/// The user's own files: `~/.config/batchstudio/keymap.yaml`, `themes/*.yaml`, and what was chosen, in `config.toml`.
struct StudioSettings: Sendable {
    /// The folder, absolute; `$XDG_CONFIG_HOME/batchstudio` where that is set.
    let folder: String
    /// The short name of the theme that was chosen.
    let theme: String?
    /// False when the end of a job is not to be reported.
    let notifies: Bool
    private let environment: [String: String]

    init(environment: [String: String]) {
        self.environment = environment
        folder = ConfigFile.folder(environment: environment)
        let config = try? ConfigFile(environment: environment)
        theme = config?.value(.theme)
        notifies = config?.value(.notify) != "none"
    }

    var themes: String { folder + "/themes" }
    private var keymapFile: String { folder + "/keymap.yaml" }

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
