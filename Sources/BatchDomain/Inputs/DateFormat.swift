/// A format of dates, as Python's `strptime` has it.
enum DateFormat {
    /// The rule that a text breaks, nil for a format that `strptime` reads.
    static func problem(in text: String) -> String? {
        var directives: [Character] = []
        var rest = text[...]
        while let sign = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: sign)...]
            guard let letter = rest.popFirst() else { return "must not end with a single '%'" }
            if letter == "%" { continue }
            // %c, %x, %X and %Z mean something else on every machine.
            guard "aAbBdfGHIjmMpSuUVwWyYz".contains(letter) else { return "must not have %\(letter) in it" }
            directives.append(letter)
        }
        guard directives.isEmpty else { return nil }
        return "must be a format of Python's strptime, such as %d for the day, %m for the month and %Y for the year"
    }
}
