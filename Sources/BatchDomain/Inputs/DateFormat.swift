/// A format of dates, as Python's `strptime` has it.
///
/// It names a whole date: a year, and the day in it. What a format does not name would be that of 1900-01-01.
///
/// ```swift
/// DateFormat.problem(in: "%d.%m.%Y %H:%M")  // nil
/// DateFormat.problem(in: "%H:%M")           // "must name the year, the month and the day, …"
/// ```
enum DateFormat {
    /// The rule that a text breaks, nil for a format that `strptime` reads.
    static func problem(in text: String) -> String? {
        var directives: Set<Character> = []
        var rest = text[...]
        while let sign = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: sign)...]
            guard let letter = rest.popFirst() else { return "must not end with a single '%'" }
            if letter == "%" { continue }
            // %c, %x, %X and %Z mean something else on every machine.
            guard "aAbBdfGHIjmMpSuUVwWyYz".contains(letter) else { return "must not have %\(letter) in it" }
            guard directives.insert(letter).inserted else { return "must have %\(letter) once" }
        }
        if directives.isEmpty {
            return "must be a format of Python's strptime, such as %d for the day, %m for the month and %Y for the year"
        }
        guard namesDate(directives) else {
            return
                "must name the year, the month and the day, such as %Y-%m-%d, or the year and its day, %Y and %j: what is "
                + "left out would be that of 1900-01-01"
        }
        return nil
    }

    private static func namesDate(_ directives: Set<Character>) -> Bool {
        func has(_ letters: String) -> Bool { letters.contains { directives.contains($0) } }
        let hasWeekday = has("aAuw")
        if has("G") { return has("V") && hasWeekday }
        guard has("yY") else { return false }
        return has("j") || has("mbB") && has("d") || has("UW") && hasWeekday
    }
}
