/// How many columns a scalar takes, by the one table that layout, drawing and tests share.
enum ScalarWidth: Equatable {
    case columns(Int)
    /// The libc of the target system knows no width for it, so ncurses would shift the rest of the row.
    case unassigned

    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x300 {
            let isControl = value < 0x20 || (0x7f...0x9f).contains(value)
            self = isControl ? .unassigned : .columns(1)
            return
        }
        // The last boundary at or before the scalar decides.
        let wanted = value << 2 | 3
        var low = 0
        var high = widthBoundaries.count
        while low < high {
            let middle = (low + high) / 2
            if widthBoundaries[middle] <= wanted { low = middle + 1 } else { high = middle }
        }
        let kind = low == 0 ? 3 : widthBoundaries[low - 1] & 3
        self = kind == 3 ? .unassigned : .columns(Int(kind))
    }
}

extension StringProtocol {
    /// How many columns the text takes on screen, after what must not reach a terminal has been taken out.
    package var displayWidth: Int {
        var total = 0
        for glyph in Glyphs(self) { total += glyph.width }
        return total
    }

    /// The beginning of the text that fits into a width, ending in `…` when something was left out.
    package func fitted(to width: Int) -> String {
        guard width > 0 else { return "" }
        var kept = ""
        var used = 0
        // How much of `kept` still leaves room for the ellipsis.
        var roomy = ""
        for glyph in Glyphs(self) {
            guard used + glyph.width <= width else { return roomy + "…" }
            kept.append(glyph.character)
            used += glyph.width
            if used < width { roomy = kept }
        }
        return kept
    }

    /// The text without anything a terminal could take as a command or draw at a width of its own.
    package var sanitized: String {
        String(Glyphs(self).lazy.map(\.character))
    }
}
