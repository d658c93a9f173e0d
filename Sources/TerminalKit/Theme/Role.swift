/// The purpose of a color.
///
/// Pages name roles, never colours.
package enum Role: Int, CaseIterable, Sendable {
    /// Behind everything.
    case background
    /// Behind bars: tabs, hints, breadcrumbs.
    case surface
    /// Behind what lies on top: dialogs, pickers, toasts.
    case panel
    /// Behind the row or item that is chosen.
    case selection
    /// Behind a short word that stands out.
    case badge

    /// The text color.
    case text
    /// Secondary text: units, help lines, defaults.
    case muted
    /// A headline or a column title.
    case title
    /// Active elements: the current tab, the focused field.
    case accent
    /// The chosen row or item.
    case selectionText
    /// A key in a hint.
    case key
    /// A link.
    case link
    /// It went well.
    case success
    /// It may go wrong.
    case warning
    /// It went wrong.
    case error
    /// Something to know.
    case info
    /// It is happening.
    case running
    /// It waits.
    case queued
    /// It was stopped.
    case canceled
    /// A line of a log.
    case logInfo
    /// A warning in a log.
    case logWarning
    /// An error in a log.
    case logError
    /// A word in a badge.
    case badgeText

    /// A frame.
    case border
    /// The frame of what has the keyboard.
    case borderFocus
    /// The finished part of a bar, a curve.
    case progress
    /// The rest of a bar.
    case progressTrack

    /// How scheme files call it.
    package var name: String { "\(self)" }

    /// The role that scheme files call by a name.
    package init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }

    /// Where a scheme has the colour, unless its file says otherwise.
    package var slot: Scheme.Slot {
        switch self {
        case .background: .base00
        case .surface, .panel: .base01
        case .selection, .progressTrack: .base02
        case .border: .base03
        case .muted, .queued: .base04
        case .text, .logInfo: .base05
        case .title: .base06
        case .selectionText: .base07
        case .error, .logError: .base08
        case .canceled: .base09
        case .warning, .logWarning: .base0A
        case .success: .base0B
        case .info, .key: .base0C
        case .accent, .link, .running, .borderFocus, .progress: .base0D
        case .badge: .base0E
        case .badgeText: .base00
        }
    }

    /// True when something is read in this colour, so that it has to stand off from what is behind.
    package var isText: Bool {
        switch self {
        case .background, .surface, .panel, .selection, .badge, .border, .borderFocus, .progress, .progressTrack: false
        default: true
        }
    }

    /// The background of text of this role.
    package var backgrounds: [Role] {
        switch self {
        case .selectionText: [.selection]
        case .badgeText: [.badge]
        default: isText ? [.background, .surface, .panel] : []
        }
    }
}
