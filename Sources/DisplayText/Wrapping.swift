extension StringProtocol {
    /// The text in lines of at most a width, broken between words where there is a space, inside them where there is none.
    package func wrapped(to width: Int) -> [String] {
        guard width > 0 else { return [] }
        return split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .flatMap { paragraph in Self.wrap(paragraph, width) }
    }

    private static func wrap(_ paragraph: SubSequence, _ width: Int) -> [String] {
        // Lines below an indented one are indented alike: lists and tracebacks mean something by it.
        let indent = String(paragraph.prefix { $0 == " " })
        if !indent.isEmpty, indent.count < width / 2, indent.count < paragraph.count {
            return wrap(paragraph.dropFirst(indent.count), width - indent.count).map { indent + $0 }
        }
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
            let wordWidth = word.displayWidth
            let isFirst = line.isEmpty && used == 0
            if !isFirst, used + 1 + wordWidth > width {
                lines.append(line)
                line = ""
                used = 0
            } else if !isFirst {
                line += " "
                used += 1
            }
            for glyph in Glyphs(word) {
                if used + glyph.width > width, used > 0 {
                    lines.append(line)
                    line = ""
                    used = 0
                }
                line.append(glyph.character)
                used += glyph.width
            }
        }
        return lines + [line]
    }
}
