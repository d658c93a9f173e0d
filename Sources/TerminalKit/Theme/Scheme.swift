/// A base16 or base24 colour scheme: sixteen or twenty-four colours with agreed meanings.
package struct Scheme: Equatable, Sendable {
    /// A place in the palette.
    ///
    /// `base00` to `base07` run from background to foreground, `base08` to `base0F` are the hues; base24 adds two
    /// darker backgrounds and six bright hues.
    package enum Slot: String, CaseIterable, Sendable {
        case base00, base01, base02, base03, base04, base05, base06, base07
        case base08, base09, base0A, base0B, base0C, base0D, base0E, base0F
        case base10, base11, base12, base13, base14, base15, base16, base17

        /// The substitute of a color that only base24 has.
        var fallback: Slot? {
            switch self {
            case .base10, .base11: .base00
            case .base12: .base08
            case .base13: .base0A
            case .base14: .base0B
            case .base15: .base0C
            case .base16: .base0D
            case .base17: .base0E
            default: nil
            }
        }

        /// The sixteen that every scheme has.
        static let required = allCases.filter { $0.fallback == nil }
    }

    /// True when text is lighter or darker than what is behind it.
    package enum Variant: String, Sendable {
        case dark, light
    }

    /// How the scheme is called on screen.
    package var name: String
    /// Who made it.
    package var author: String
    /// Dark or light.
    package var variant: Variant
    /// The colours by place; all required ones are there.
    let palette: [Slot: Color]
    /// Where a role takes another place than the default one.
    let roles: [Role: Slot]

    init(name: String, author: String, variant: Variant, palette: [Slot: Color], roles: [Role: Slot] = [:]) {
        self.name = name
        self.author = author
        self.variant = variant
        self.palette = palette
        self.roles = roles
    }

    /// The colour at a place.
    package subscript(slot: Slot) -> Color {
        palette[slot] ?? slot.fallback.flatMap { palette[$0] } ?? .standard
    }

    /// The colour of a role.
    package subscript(role: Role) -> Color {
        self[roles[role] ?? role.slot]
    }

    /// The terminal's own colours, whatever the user made them; also the way to show any scheme with 16 colours.
    package static let terminal = Scheme(
        name: "Terminal",
        author: "batchstudio",
        variant: .dark,
        palette: [
            .base00: .standard, .base01: .standard, .base02: .standard, .base03: .indexed(8),
            .base04: .standard, .base05: .standard, .base06: .standard, .base07: .standard,
            .base08: .indexed(1), .base09: .indexed(3), .base0A: .indexed(3), .base0B: .indexed(2),
            .base0C: .indexed(6), .base0D: .indexed(12), .base0E: .indexed(5), .base0F: .indexed(1),
        ]
    )
}
