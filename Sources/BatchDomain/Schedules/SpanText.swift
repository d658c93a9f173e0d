/// Spans of time as files write them: `10s`, `5m`, `1h`, or a number of seconds.
package enum SpanText {
    private static let units: [(letter: Character, seconds: Int)] = [("h", 3600), ("m", 60), ("s", 1)]

    /// The pattern of such texts.
    package static let pattern = "^[0-9]+ *[smh]?$"

    /// The seconds of a text; nil when it is no span, or has more than nine digits.
    package static func seconds(of text: String) -> Int? {
        let unit = units.first { text.last == $0.letter }
        let digits = (unit == nil ? text : String(text.dropLast())).filter { $0 != " " }
        guard digits.utf8.count <= 9, digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits)
        else {
            return nil
        }
        return number * (unit?.seconds ?? 1)
    }

    /// The text of a number of seconds, with the largest unit that divides it.
    package static func text(_ seconds: Int) -> String {
        let unit = units.first { seconds != 0 && seconds % $0.seconds == 0 } ?? ("s", 1)
        return "\(seconds / unit.seconds)\(unit.letter)"
    }
}
