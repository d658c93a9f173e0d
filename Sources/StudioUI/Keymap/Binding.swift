import TerminalKit

/// The command of a key and its context: one record for dispatch, hints, help, palette, documents and the keymap file.
struct Binding {
    /// Its request.
    let command: Command
    /// The keys, the first one shown in hints.
    var keys: [Key]
    /// Where it applies.
    let contexts: [KeyContext]
    /// Its effect, in a word or two, for hints and palette.
    let title: String
    /// Its effect, in a sentence, for help.
    let help: String
    /// True when it destroys or stops something.
    var isDangerous = false
    /// The key that the page's own table, log or text knows for it; those move, sort and search by themselves.
    var passes: Key?
    /// How early it stands in the hint bar, 0 first; nil leaves it to help and palette.
    var hint: Int?
    /// True when it is there at all.
    var isVisible: @Sendable (AppModel) -> Bool = { _ in true }
    /// Why it cannot be done now; nil when it can.
    ///
    /// The page knows unless the binding says otherwise.
    var disabledReason: (@Sendable (AppModel) -> String?)?

    init(
        _ command: Command,
        _ keys: [Key],
        in contexts: KeyContext...,
        title: String,
        help: String,
        isDangerous: Bool = false,
        passes: Key? = nil,
        hint: Int? = nil,
        isVisible: @escaping @Sendable (AppModel) -> Bool = { _ in true },
        disabledReason: (@Sendable (AppModel) -> String?)? = nil
    ) {
        self.command = command
        self.keys = keys
        self.contexts = contexts
        self.title = title
        self.help = help
        self.isDangerous = isDangerous
        self.passes = passes
        self.hint = hint
        self.isVisible = isVisible
        self.disabledReason = disabledReason
    }

    /// Why it cannot be done now; nil when it can.
    func refusal(_ model: AppModel) -> String? {
        if let disabledReason { return disabledReason(model) }
        return model.page?.refusal(of: command)
    }

    /// The keys as users read them.
    var keyText: String { keys.map(\.description).joined(separator: " ") }
}
