extension RGB {
    /// How bright the colour looks, 0 to 1 (WCAG 2.2, relative luminance).
    package var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// How well text of one colour stands off from another: 1 not at all, 21 black on white; 4.5 can be read.
    package func contrast(to other: RGB) -> Double {
        let bright = max(luminance, other.luminance)
        let dark = min(luminance, other.luminance)
        return (bright + 0.05) / (dark + 0.05)
    }

    /// The table of sRGB's curve, because its power function is in Foundation's neighbourhood only.
    private static let linearShares: [Double] = (0...255).map { share in
        let value = Double(share) / 255
        return value <= 0.04045 ? value / 12.92 : power24((value + 0.055) / 1.055)
    }

    private static func linear(_ share: UInt8) -> Double {
        linearShares[Int(share)]
    }

    /// x to the power of 2.4 = x² · ⁵√x², the root by Newton's method.
    private static func power24(_ base: Double) -> Double {
        let square = base * base
        var root = max(square, 0.2)
        for _ in 0..<40 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
        return square * root
    }
}

extension Scheme {
    /// A role that is hard to read.
    package struct Faint: Equatable, Sendable, CustomStringConvertible {
        /// What is read.
        package var role: Role
        /// What is behind it.
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

    /// The scheme as a terminal with 256 colours shows it.
    package var inIndexedColors: Scheme {
        let shown = palette.mapValues { color -> Color in
            guard case .rgb(let rgb) = color else { return color }
            return .rgb(RGB(indexed: rgb.nearestIndexed))
        }
        return Scheme(name: name, author: author, variant: variant, palette: shown, roles: roles)
    }
}
