import FoundationEssentials
import SystemKit

/// The user's own files: `~/.config/batchstudio/keymap.yaml`, `themes/*.yaml`, and the theme that was chosen.
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
    private var keymapFile: String { folder + "/keymap.yaml" }

    /// The short name of the theme that was chosen.
    var theme: String? {
        read(themeFile).map { text in String(text.prefix { !$0.isWhitespace }) }
    }

    /// The keys that were chosen.
    var keymap: KeymapFile {
        read(keymapFile).map { KeymapFile(text: $0, file: keymapFile) } ?? KeymapFile()
    }

    /// Remembers a theme.
    func choose(theme: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try DurableFile.write((theme + "\n").utf8, to: themeFile, permissions: 0o644)
    }

    private func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
