import TerminalKit

/// The themes that ship with batchstudio and the user's own, and the one that is shown.
struct ThemeCatalog: Equatable {
    /// A theme by its short name.
    struct Entry: Equatable {
        var slug: String
        var scheme: Scheme
        /// True when a user's file brought it.
        var isOwn = false
    }

    /// The themes, the shipped ones first.
    private(set) var entries: [Entry]
    /// The problems of users' files.
    private(set) var problems: [String]
    /// How many colours the terminal has.
    let colors: ColorDepth
    /// The short name of the one that is shown.
    var current: String {
        didSet { theme = Self.theme(current, entries, colors) }
    }
    /// The one that is shown.
    private(set) var theme: Theme

    /// Puts themes together; a user's one takes the place of a shipped one of the same name.
    init(_ entries: [Entry], problems: [String] = [], colors: ColorDepth, current: String = "dark") {
        self.entries = entries.filter { entry in
            entry.isOwn || !entries.contains { $0.isOwn && $0.slug == entry.slug }
        }
        self.problems = problems
        self.colors = colors
        self.current = current
        theme = Self.theme(current, self.entries, colors)
    }

    private static func theme(_ slug: String, _ entries: [Entry], _ colors: ColorDepth) -> Theme {
        let entry = entries.first { $0.slug == slug } ?? entries.first
        return Theme(entry?.scheme ?? .terminal, colors: colors)
    }

    /// The list to choose from.
    var picker: Picker {
        Picker(
            "Theme",
            entries.map { entry in
                PickerItem(
                    id: entry.slug,
                    title: entry.scheme.name,
                    detail: entry.isOwn ? "your own" : entry.scheme.variant.rawValue
                )
            },
            selected: current
        )
    }
}
