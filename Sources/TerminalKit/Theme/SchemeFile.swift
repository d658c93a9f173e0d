import DisplayText

/// Reads scheme files: the flat part of YAML that base16 and base24 schemes are written in.
package enum SchemeFile {
    /// A problem in a file, with its place.
    package struct Problem: Equatable, Sendable, CustomStringConvertible {
        /// The line, from 1; nil when something is missing.
        package var line: Int?
        /// The problem, with the correct form.
        package var reason: String

        package var description: String {
            line.map { "line \($0): \(reason)" } ?? reason
        }
    }

    /// A file that is no scheme, with everything that is wrong in it.
    package struct Invalid: Error, Equatable, CustomStringConvertible {
        /// All problems, in the order of the file.
        package var problems: [Problem]

        package var description: String {
            problems.map(\.description).joined(separator: "\n")
        }
    }

    /// Reads the text of a scheme file.
    package static func parse(_ text: String) throws(Invalid) -> Scheme {
        var reading = Reading()
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            reading.take(line, number: index + 1)
        }
        return try reading.finish()
    }
}

/// The values that were read so far.
private struct Reading {
    private var block = ""
    private var name: String?
    private var author = ""
    private var variant: Scheme.Variant?
    private var palette: [Scheme.Slot: Color] = [:]
    private var roles: [Role: Scheme.Slot] = [:]
    private var problems: [SchemeFile.Problem] = []

    mutating func take(_ line: Substring, number: Int) {
        let isIndented = line.first == " " || line.first == "\t"
        let content = line.drop(while: \.isWhitespace)
        guard !content.isEmpty, content.first != "#", !content.hasPrefix("---") else { return }
        guard let colon = content.firstIndex(of: ":") else {
            note(number, "“\(content.sanitized)” is not `key: value`")
            return
        }
        let key = String(content[..<colon])
        let value = Self.value(content[content.index(after: colon)...])
        if !isIndented { block = value.isEmpty ? key : "" }
        switch (isIndented ? block : "", key) {
        case ("palette", _): takeColor(key, value, number)
        case ("roles", _): takeRole(key, value, number)
        case ("", "name"), ("", "scheme"): name = value
        case ("", "author"): author = value
        case ("", "variant"): takeVariant(value, number)
        case ("", _) where Scheme.Slot(rawValue: key) != nil: takeColor(key, value, number)
        // `system`, `slug`, `description` and whatever other programs keep here.
        default: break
        }
    }

    /// A value without quotes and without the comment behind it.
    private static func value(_ text: Substring) -> String {
        let text = text.drop(while: \.isWhitespace)
        if let quote = text.first, quote == "\"" || quote == "'" {
            return String(text.dropFirst().prefix { $0 != quote })
        }
        // To YAML a colour like #282a36 without quotes is a comment; users write it nevertheless.
        if text.first == "#", RGB(hex: text.prefix(7)) == nil { return "" }
        var value = text
        if let comment = text.dropFirst().firstIndex(of: "#") { value = text[..<comment] }
        while value.last?.isWhitespace == true { value.removeLast() }
        return String(value)
    }

    private mutating func takeColor(_ key: String, _ value: String, _ number: Int) {
        guard let slot = Scheme.Slot(rawValue: key) else {
            note(number, "“\(key.sanitized)” is no place of a palette; they are base00 to base0F and base10 to base17")
            return
        }
        guard let color = Color(schemeValue: value) else {
            note(
                number,
                "\(key) is “\(value.sanitized)”; write six hexadecimal digits, `ansi:0` to `ansi:15`, or `default`"
            )
            return
        }
        palette[slot] = color
    }

    private mutating func takeRole(_ key: String, _ value: String, _ number: Int) {
        guard let role = Role(name: key) else {
            let names = Role.allCases.map(\.name).joined(separator: ", ")
            note(number, "“\(key.sanitized)” is no role; roles are \(names)")
            return
        }
        guard let slot = Scheme.Slot(rawValue: value) else {
            note(number, "the role \(key) is “\(value.sanitized)”; write a place of the palette, base0D for example")
            return
        }
        roles[role] = slot
    }

    private mutating func takeVariant(_ value: String, _ number: Int) {
        variant = Scheme.Variant(rawValue: value)
        if variant == nil { note(number, "the variant is “\(value.sanitized)”; write dark or light") }
    }

    private mutating func note(_ line: Int?, _ reason: String) {
        problems.append(SchemeFile.Problem(line: line, reason: reason))
    }

    mutating func finish() throws(SchemeFile.Invalid) -> Scheme {
        let named = Set(palette.keys)
        let missing = Scheme.Slot.required.filter { !named.contains($0) }.map(\.rawValue)
        // A colour that could not be read is missing too, and was reported already.
        if problems.isEmpty, !missing.isEmpty { note(nil, "the palette lacks \(missing.joined(separator: ", "))") }
        if name == nil { note(nil, "the scheme has no name") }
        guard problems.isEmpty, let name else { throw SchemeFile.Invalid(problems: problems) }
        return Scheme(name: name, author: author, variant: variant ?? derivedVariant, palette: palette, roles: roles)
    }

    private var derivedVariant: Scheme.Variant {
        guard case .rgb(let background) = palette[.base00], case .rgb(let text) = palette[.base05] else { return .dark }
        return background.luminance < text.luminance ? .dark : .light
    }
}

extension Color {
    /// A colour as scheme files write it: base16's six digits, or one of the terminal's own, which is our addition.
    fileprivate init?(schemeValue value: String) {
        if value == "default" {
            self = .standard
        } else if value.hasPrefix("ansi:"), let index = UInt8(value.dropFirst(5)), index < 16 {
            self = .indexed(index)
        } else if let rgb = RGB(hex: value) {
            self = .rgb(rgb)
        } else {
            return nil
        }
    }
}
