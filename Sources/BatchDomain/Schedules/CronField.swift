/// One field of a cron expression: the values that it takes.
struct CronField: Hashable, Sendable {
    /// The kinds of fields, in the order in which they stand.
    enum Kind: String, CaseIterable {
        case minutes, hours, days, months
        case weekdays = "days of the week"

        /// The values; 7 is Sunday too.
        var range: ClosedRange<Int> {
            switch self {
            case .minutes: 0...59
            case .hours: 0...23
            case .days: 1...31
            case .months: 1...12
            case .weekdays: 0...7
            }
        }

        /// Three letters that stand for values, from the range's first on.
        var names: [String] {
            switch self {
            case .months: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .weekdays: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            case .minutes, .hours, .days: []
            }
        }
    }

    /// The values, ascending; Sunday is 0.
    let values: [Int]
    /// True for `*` alone: the field asks nothing of days.
    let isAny: Bool

    /// A problem of a field: the rule that it breaks.
    struct Refusal: Error {
        let rule: String
    }

    /// Reads `*`, `5`, `1-5`, `*/15`, `10-30/5`, `mon-fri`, and lists of these.
    init(_ text: Substring, _ kind: Kind) throws(Refusal) {
        var found: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            found.formUnion(try Self.values(of: part, kind))
        }
        if kind == .weekdays, found.remove(7) != nil { found.insert(0) }
        values = found.sorted()
        isAny = text == "*"
    }

    private static func values(of part: Substring, _ kind: Kind) throws(Refusal) -> [Int] {
        let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var step = 1
        if halves.count == 2 {
            guard let number = whole(halves[1]), number > 0 else {
                throw refusal(part, kind, "a step must be a whole number of at least 1")
            }
            step = number
        }
        let range = try range(of: halves[0], hasStep: halves.count == 2, part, kind)
        return Array(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }

    private static func range(
        of text: Substring,
        hasStep: Bool,
        _ part: Substring,
        _ kind: Kind
    ) throws(Refusal) -> ClosedRange<Int> {
        if text == "*" { return kind == .weekdays ? 0...6 : kind.range }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try value(ends[0], part, kind)
        // As in other crons, `5/15` starts at 5 and goes to the end.
        guard ends.count == 2 else { return first...(hasStep ? kind.range.upperBound : first) }
        let last = try value(ends[1], part, kind)
        guard first <= last else {
            throw refusal(part, kind, "a range must start with its lower value")
        }
        return first...last
    }

    private static func value(_ text: Substring, _ part: Substring, _ kind: Kind) throws(Refusal) -> Int {
        if let place = kind.names.firstIndex(of: text.lowercased()) { return kind.range.lowerBound + place }
        if let number = whole(text), kind.range.contains(number) { return number }
        var allowed = "\(kind.range.lowerBound)–\(kind.range.upperBound)"
        if let first = kind.names.first, let last = kind.names.last { allowed += " or \(first)–\(last)" }
        throw refusal(part, kind, "allowed are *, \(allowed), ranges, lists and steps")
    }

    private static func refusal(_ part: Substring, _ kind: Kind, _ rule: String) -> Refusal {
        Refusal(rule: "has '\(part)' in its \(kind.rawValue): \(rule)")
    }

    private static func whole(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}
