import TerminalTestSupport
import Testing
import Themes

@testable import TerminalKit

extension Scheme {
    /// The scheme that goldens are drawn in; independent of the shipped files, so that a nicer blue changes no golden.
    static let testScheme = Scheme(
        name: "Test",
        author: "",
        variant: .dark,
        palette: Dictionary(
            uniqueKeysWithValues: zip(Slot.required, 0...).map { slot, index in
                (slot, Color.rgb(UInt8(index), UInt8(index), UInt8(index)))
            }
        )
    )
}

struct ShippedThemeTests {
    static let schemes: [Scheme] = Themes.all.compactMap { try? SchemeFile.parse($0.text) }

    @Test func `six themes are shipped, all readable`() throws {
        for (slug, text) in Themes.all { #expect(throws: Never.self, "\(slug)") { try SchemeFile.parse(text) } }
        #expect(
            Themes.all.map(\.slug) == [
                "dark", "light", "high-contrast", "colorblind-dark", "colorblind-light", "terminal",
            ]
        )
    }

    @Test(arguments: schemes)
    func `text can be read on everything it stands on`(scheme: Scheme) {
        #expect(scheme.faintRoles() == [])
    }

    @Test(arguments: schemes)
    func `text can be read with 256 colours too`(scheme: Scheme) {
        #expect(scheme.inIndexedColors.faintRoles() == [])
    }

    @Test func `the high contrast theme reaches seven to one`() throws {
        let scheme = try #require(Self.schemes.first { $0.name == "High contrast" })
        #expect(scheme.faintRoles(below: 7) == [])
    }

    @Test func `the terminal's own scheme is the same in code and in its file`() throws {
        let scheme = try #require(Self.schemes.first { $0.name == "Terminal" })
        #expect(scheme == .terminal)
        #expect(
            Scheme.Slot.allCases.allSatisfy {
                if case .rgb = scheme[$0] { return false }
                return true
            }
        )
    }

    @Test(arguments: ["Colour-blind dark", "Colour-blind light"], ColorBlindness.allCases)
    func `success, warning and error stay apart for colour-blind eyes`(name: String, eyes: ColorBlindness) throws {
        let scheme = try #require(Self.schemes.first { $0.name == name })
        let seen = [Role.success, .warning, .error].compactMap { role -> [Double]? in
            guard case .rgb(let rgb) = scheme[role] else { return nil }
            return eyes.sees(rgb)
        }
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let distance = zip(seen[first], seen[second]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            #expect(distance > 0.12, "\(first) and \(second) of \(name)")
        }
    }
}

/// What colours look like without one kind of receptor, in linear light (Viénot, Brettel and Mollon 1999).
enum ColorBlindness: CaseIterable {
    case protanopia, deuteranopia

    func sees(_ rgb: RGB) -> [Double] {
        let linear = [rgb.red, rgb.green, rgb.blue].map { share in
            let grey = RGB(share, share, share)
            return grey.luminance
        }
        let rows =
            switch self {
            case .protanopia: [[0.112, 0.888, 0], [0.112, 0.888, 0], [0.004, -0.004, 1]]
            case .deuteranopia: [[0.293, 0.707, 0], [0.293, 0.707, 0], [-0.022, 0.022, 1]]
            }
        // Back to about equal steps for the eye.
        return rows.map { row in zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 } }.map { max(0, $0).squareRoot() }
    }
}

struct ContrastTests {
    @Test(arguments: [
        (RGB(0, 0, 0), RGB(255, 255, 255), 21.0), (RGB(255, 255, 255), RGB(255, 255, 255), 1.0),
        (RGB(0x77, 0x77, 0x77), RGB(255, 255, 255), 4.48), (RGB(255, 0, 0), RGB(255, 255, 255), 4.0),
        (RGB(0, 0, 255), RGB(255, 255, 255), 8.59),
    ])
    func `contrast is that of WCAG`(one: RGB, other: RGB, contrast: Double) {
        #expect(abs(one.contrast(to: other) - contrast) < 0.01)
        #expect(one.contrast(to: other) == other.contrast(to: one))
    }
}

struct ColorMappingTests {
    @Test(
        arguments: [
            (RGB(0, 0, 0), 16), (RGB(255, 255, 255), 231), (RGB(255, 0, 0), 196), (RGB(0x1e, 0x1e, 0x2e), 235),
            (RGB(128, 128, 128), 244), (RGB(95, 135, 175), 67),
        ] as [(RGB, UInt8)]
    )
    func `exact colours find their neighbour among 256`(color: RGB, index: UInt8) {
        #expect(color.nearestIndexed == index)
    }

    @Test func `the fixed colours are their own neighbours`() {
        for index in UInt8(16)...255 {
            #expect(RGB(indexed: RGB(indexed: index).nearestIndexed) == RGB(indexed: index))
        }
    }

    @Test(
        arguments: [
            (RGB(250, 10, 10), 16, 9), (RGB(190, 10, 10), 8, 1), (RGB(250, 250, 250), 8, 7), (RGB(3, 3, 3), 8, 0),
        ] as [(RGB, Int, UInt8)]
    )
    func `few colours are enough for a hue`(color: RGB, count: Int, index: UInt8) {
        #expect(color.nearestANSI(of: count) == index)
    }

    @Test func `a terminal of sixteen colours shows its own`() {
        #expect(Theme(.testScheme, colors: .ansi).scheme == .terminal)
        #expect(Theme(.testScheme, colors: .indexed).scheme == .testScheme)
    }
}

extension Scheme {
    /// The scheme as a terminal with 256 colours shows it.
    fileprivate var inIndexedColors: Scheme {
        let shown = palette.mapValues { color -> Color in
            guard case .rgb(let rgb) = color else { return color }
            return .rgb(RGB(indexed: rgb.nearestIndexed))
        }
        return Scheme(name: name, author: author, variant: variant, palette: shown, roles: roles)
    }
}
