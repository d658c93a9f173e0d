/// Times and days as schedules show them.
enum ClockText {
    /// A minute of the day: "02:05".
    static func time(_ minute: Int) -> String { "\(padded(minute / 60)):\(padded(minute % 60))" }

    /// A minute of an hour: ":05".
    static func minute(_ minute: Int) -> String { ":\(padded(minute))" }

    /// Days of the week, from Monday on: "Mon–Fri", "Tue, Sun".
    static func weekdays(_ numbers: [Int]) -> String {
        let fromMonday = numbers.map { ($0 + 6) % 7 }.sorted()
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        if let first = fromMonday.first, let last = fromMonday.last, fromMonday.count > 2,
            last - first == fromMonday.count - 1
        {
            return "\(names[first])–\(names[last])"
        }
        return fromMonday.map { names[$0] }.joined(separator: ", ")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
