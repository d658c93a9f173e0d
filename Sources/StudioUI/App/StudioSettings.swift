import FoundationEssentials
import SystemKit

/// The user's own files: `~/.config/batchstudio/keymap.yaml`, `themes/*.yaml`, and what was chosen.
struct StudioSettings: Sendable {
    /// The folder, absolute; `$XDG_CONFIG_HOME/batchstudio` where that is set.
    let folder: String

    init(environment: [String: String]) {
        let home = environment["HOME"] ?? "/"
        let config = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        folder = config + "/batchstudio"
    }

    var themes: String { folder + "/themes" }
    private var themeFile: String { folder + "/theme" }
    private var notificationsFile: String { folder + "/notifications" }
    private var keymapFile: String { folder + "/keymap.yaml" }

    /// The short name of the theme that was chosen.
    var theme: String? {
        read(themeFile).map { text in String(text.prefix { !$0.isWhitespace }) }
    }

    /// False when the end of a job is not to be reported.
    var notifies: Bool { read(notificationsFile)?.hasPrefix("off") != true }

    /// The keys that were chosen.
    var keymap: KeymapFile {
        read(keymapFile).map { KeymapFile(text: $0, file: keymapFile) } ?? KeymapFile()
    }

    /// Remembers a theme.
    func choose(theme: String) throws { try write(theme, to: themeFile) }

    /// Remembers whether the end of a job is reported.
    func choose(notifies: Bool) throws { try write(notifies ? "on" : "off", to: notificationsFile) }

    private func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try DurableFile.write((text + "\n").utf8, to: path, permissions: 0o644)
    }

    private func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
