/// When files that arrive in an input start a job.
///
/// ```yaml
/// trigger: {type: arrival, poll: 5m, settle: 10s, collect: 60s}
/// ```
package struct ArrivalRule: Equatable, Sendable, Codable {
    /// Seconds from one listing of an input to the next, where the system reports no changes.
    package var poll: Int
    /// Seconds for which a file's size and time must stand still.
    package var settle: Int
    /// Seconds in which files are collected for one job.
    package var collect: Int
    /// The clocks that names of jobs show.
    package var timeZone: TimeZoneName

    /// The time spans that are allowed, in seconds, by the names that files give them.
    package static let spans: [(name: String, seconds: ClosedRange<Int>, standard: Int)] = [
        ("poll", 10...86_400, 300), ("settle", 0...3600, 10), ("collect", 0...3600, 60),
    ]

    package init(poll: Int = 300, settle: Int = 10, collect: Int = 60, timeZone: TimeZoneName = .utc) {
        self.poll = poll
        self.settle = settle
        self.collect = collect
        self.timeZone = timeZone
    }

    /// The problems of the values.
    package func problems() -> [Problem] {
        zip(Self.spans, [poll, settle, collect]).compactMap { span, value in
            if span.seconds.contains(value) { return nil }
            let (least, most) = (SpanText.text(span.seconds.lowerBound), SpanText.text(span.seconds.upperBound))
            return Problem(
                field: "trigger.\(span.name)",
                value: SpanText.text(value),
                rule: "must be from \(least) to \(most)",
                example: SpanText.text(span.standard)
            )
        }
    }
}
