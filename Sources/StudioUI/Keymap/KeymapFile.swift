import BatchDomain
import BatchManifest
import TerminalKit

/// The keys that a user chose: `job.cancel: ctrl+x`, or several in a list.
struct KeymapFile {
    /// The keys by command, in the file's order.
    private(set) var keys: [(command: Command, keys: [Key])] = []
    /// The problems of the file.
    private(set) var problems: [String] = []

    /// Chooses nothing.
    init() {}

    /// Reads the text of a keymap file; wrong entries are left out and reported.
    init(text: String, file: String) {
        do {
            try read(YAMLDocument(text: text, file: file).root)
        } catch {
            problems.append("\(error)")
        }
    }

    private mutating func read(_ root: YAMLNode) {
        guard !root.isNull else { return }
        guard let entries = root.entries else {
            problems.append("The keymap file must hold lines like “job.cancel: ctrl+x”.")
            return
        }
        for entry in entries { read(entry) }
    }

    private mutating func read(_ entry: YAMLNode.Entry) {
        let place = entry.location.map { "\($0): " } ?? ""
        guard let command = Command(rawValue: entry.key) else {
            problems.append("\(place)There is no command “\(entry.key)”. Press ? to see what there is.")
            return
        }
        var chosen: [Key] = []
        for node in entry.value.elements ?? [entry.value] where !node.isNull {
            guard let text = node.text, let key = Key(text) else {
                problems.append("\(place)“\(node.text ?? "")” is not a key. Use x, X, ctrl+x, alt+1, f5, enter or esc.")
                continue
            }
            chosen.append(key)
        }
        // No key at all takes the command off the keyboard, which stays in the palette.
        if !chosen.isEmpty || entry.value.isNull { keys.append((command, chosen)) }
    }
}
