import Testing

@testable import TerminalKit

struct SchemeFileTests {
    private static let palette = Scheme.Slot.required.map { "  \($0.rawValue): \"28\($0.rawValue.suffix(2))36\"" }
        .joined(separator: "\n")

    @Test func `a published file is read as it is`() throws {
        let text = """
            system: "base16"
            name: "Dracula"
            author: "Jamy Golden (http://github.com/JamyGolden), based on Dracula Theme"
            variant: "dark"
            palette:
            \(Self.palette)
            """
        let scheme = try SchemeFile.parse(text)
        #expect(scheme.name == "Dracula")
        #expect(scheme[.base0D] == .rgb(0x28, 0x0d, 0x36))
        #expect(scheme[.base12] == scheme[.base08])
    }

    @Test func `the older form without a palette block is read too`() throws {
        let colors = Self.palette.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\r\n")
        let scheme = try SchemeFile.parse("---\r\nscheme: 'Old'\r\nauthor: me # you\r\n" + colors)
        #expect(scheme.name == "Old")
        #expect(scheme.author == "me")
        #expect(scheme.variant == .dark)
    }

    @Test(arguments: [
        ("\"#1e1e2e\"", Color.rgb(0x1e, 0x1e, 0x2e)), ("#1E1E2E", .rgb(0x1e, 0x1e, 0x2e)),
        ("1e1e2e  # night", .rgb(0x1e, 0x1e, 0x2e)),
        ("ansi:12", .indexed(12)), ("default", .standard),
    ])
    func `a colour may be written in several ways`(value: String, color: Color) throws {
        let scheme = try SchemeFile.parse("name: x\npalette:\n\(Self.palette)\n  base00: \(value)")
        #expect(scheme[.base00] == color)
    }

    @Test func `roles take other places of the palette`() throws {
        let scheme = try SchemeFile.parse("name: x\npalette:\n\(Self.palette)\nroles:\n  accent: base0E\n")
        #expect(scheme[.accent] == scheme[.base0E])
        #expect(scheme[.link] == scheme[.base0D])
    }

    @Test func `all mistakes are told at once, with their lines`() {
        let text =
            "name: x\nwhat\nvariant: dusk\npalette:\n  base00: red\n  base1F: 000000\n  base01: +12345\nroles:\n  frame: base00\n  text: blue\n"
        #expect {
            try SchemeFile.parse(text)
        } throws: { error in
            (error as? SchemeFile.Invalid)?.problems.map(\.line) == [2, 3, 5, 6, 7, 9, 10]
        }
    }

    @Test func `what is missing is named`() {
        #expect(
            throws: SchemeFile.Invalid(problems: [
                SchemeFile.Problem(line: nil, reason: "the palette lacks base0F"),
                SchemeFile.Problem(line: nil, reason: "the scheme has no name"),
            ])
        ) {
            try SchemeFile.parse("palette:\n" + Self.palette.split(separator: "\n").dropLast().joined(separator: "\n"))
        }
    }
}
