/// A scheme on a terminal: styles for roles.
package struct Theme: Equatable, Sendable {
    /// The scheme it shows.
    package let scheme: Scheme
    /// How many colours the terminal has.
    package let colors: ColorDepth
    /// The colours by role: every cell that is drawn asks for two.
    private let roleColors: [Color]

    /// Fits a scheme to a terminal; one with 16 colours shows its own instead, which the user can read.
    package init(_ scheme: Scheme, colors: ColorDepth) {
        self.scheme = colors == .ansi ? .terminal : scheme
        self.colors = colors
        let shown = self.scheme
        roleColors = Role.allCases.map { shown[$0] }
    }

    private func color(_ role: Role) -> Color { roleColors[role.rawValue] }

    /// The style of a role on the plain background.
    package subscript(role: Role) -> Style {
        style(role)
    }

    /// The style of a role on the background of another one.
    package func style(_ role: Role, on background: Role = .background, _ attributes: Style.Attributes = []) -> Style {
        guard colors != .none else {
            return Style(attributes: attributes.union(Self.attributes(of: role, on: background)))
        }
        var style = Style(foreground: color(role), background: color(background), attributes: attributes)
        // The terminal's own colours have no second background: what must stand out is turned round.
        let standsOut = background == .selection || background == .badge
        if standsOut, color(background) == .standard {
            style = Style(attributes: attributes.union(.reverse))
        }
        if role == .muted, color(role) == color(.text) { style.attributes.insert(.dim) }
        return style
    }

    /// Without color, weight marks what matters; words and signs mark the rest.
    private static func attributes(of role: Role, on background: Role) -> Style.Attributes {
        if background == .selection || background == .badge { return .reverse }
        switch role {
        case .title, .accent, .key, .error, .logError, .warning, .borderFocus: return .bold
        case .link: return .underline
        case .muted: return .dim
        default: return []
        }
    }
}
