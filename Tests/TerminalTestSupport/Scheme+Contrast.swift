package import TerminalKit

extension RGB {
    /// How well text of one colour stands off from another: 1 not at all, 21 black on white; 4.5 can be read.
    package func contrast(to other: RGB) -> Double {
        let bright = max(luminance, other.luminance)
        let dark = min(luminance, other.luminance)
        return (bright + 0.05) / (dark + 0.05)
    }
}

extension Scheme {
    /// A role that is hard to read.
    package struct Faint: Equatable, Sendable, CustomStringConvertible {
        /// The text color.
        package var role: Role
        /// The background.
        package var background: Role
        /// How far they stand off.
        package var contrast: Double

        package var description: String {
            let tenths = Int((contrast * 10).rounded())
            return "\(role) on \(background) has a contrast of \(tenths / 10).\(tenths % 10) to 1; "
                + "4.5 to 1 can be read"
        }
    }

    /// The text roles below a contrast; the terminal's own colours are unknown and left out.
    package func faintRoles(below wanted: Double = 4.5) -> [Faint] {
        Role.allCases.flatMap { role in
            role.backgrounds.compactMap { background -> Faint? in
                guard case .rgb(let text) = self[role], case .rgb(let behind) = self[background] else { return nil }
                let contrast = text.contrast(to: behind)
                return contrast < wanted ? Faint(role: role, background: background, contrast: contrast) : nil
            }
        }
    }
}
