import DisplayText

/// Where the parts of a form's fields stand.
struct FormLayout {
    struct Place {
        var index: Int
        /// Everything of the field.
        var whole: Rect
        var label: Rect
        var value: Rect
        var error: Rect
        var help: Rect
    }

    /// Places of the fields that are at least partly seen.
    let places: [Place]
    /// Rows hidden above.
    let offset: Int

    init(_ form: Form, in area: Rect) {
        let labels = form.fields.map(\.fullLabel.displayWidth)
        let widest = (labels.max() ?? 0) + 2
        // In a narrow area the label stands above its value.
        let isStacked = area.width < 50 || widest > area.width * 3 / 5
        // Errors and help stand below the value; where that is narrow, they begin below the label.
        let textX = isStacked ? 2 : area.width - widest < 40 ? 4 : widest
        let room = max(1, area.width - textX)
        let heights = form.fields.indices.map { Self.height(form, $0, isStacked: isStacked, room: room) }
        let total = heights.reduce(0) { $0 + $1.total }
        let gap = total + max(0, heights.count - 1) <= area.height ? 1 : 0

        var tops: [Int] = []
        var y = 0
        for height in heights {
            tops.append(y)
            y += height.total + gap
        }
        let focus = form.fields.indices.contains(form.focus) ? form.focus : 0
        let focusTop = tops.isEmpty ? 0 : tops[focus]
        let focusHeight = heights.isEmpty ? 0 : heights[focus].total
        // The end of the focused field is seen, its beginning rather than its end when both do not fit.
        var offset = max(form.offset, focusTop + focusHeight - area.height)
        offset = min(offset, focusTop)
        offset = max(0, min(offset, max(0, y - gap - area.height)))
        self.offset = offset

        places = form.fields.indices.compactMap { index in
            let top = area.y + tops[index] - offset
            let height = heights[index]
            let labelWidth = isStacked ? area.width : widest
            let valueX = isStacked ? 2 : widest
            let valueTop = top + (isStacked ? 1 : 0)
            func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Rect {
                Rect(x: area.x + x, y: y, width: width, height: height).intersection(area)
            }
            let place = Place(
                index: index,
                whole: rect(0, top, area.width, height.total),
                label: rect(0, top, labelWidth, 1),
                value: rect(valueX, valueTop, area.width - valueX, height.value),
                error: rect(textX, valueTop + height.value, area.width - textX, height.error),
                help: rect(textX, valueTop + height.value + height.error, area.width - textX, height.help)
            )
            return place.whole.isEmpty ? nil : place
        }
    }

    private struct Heights {
        var value: Int
        var error: Int
        var help: Int
        var label: Int
        var total: Int { label + value + error + help }
    }

    private static func height(_ form: Form, _ index: Int, isStacked: Bool, room: Int) -> Heights {
        let field = form.fields[index]
        let value =
            if case .pairs(let area) = field.content { min(6, max(2, area.lineCount)) } else { 1 }
        return Heights(
            value: value,
            error: field.error == nil ? 0 : min(index == form.focus ? 8 : 4, field.errorText.wrapped(to: room).count),
            help: index == form.focus && !field.help.isEmpty ? min(3, field.help.wrapped(to: room).count) : 0,
            label: isStacked ? 1 : 0
        )
    }
}
