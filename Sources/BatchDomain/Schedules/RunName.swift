package import FoundationEssentials

/// Names of a schedule's jobs: `{date}`, `{time}` and `{n}` stand for a run's day, time and number.
package enum RunName {
    /// Fills in the parts of a name: `nightly-{date}` is `nightly-2026-11-30`.
    ///
    /// - Parameters:
    ///   - text: The name as the schedule has it.
    ///   - run: The number of the run.
    ///   - due: The time at which it was due.
    ///   - zone: The clocks that show day and time.
    /// - Returns: The name of the run's job.
    package static func filled(_ text: String, run: Int, due: Date, in zone: TimeZone) -> String {
        let wall = WallTime(due, offset: zone.secondsFromGMT(for: due))
        let date = wall.day.date
        let day = "\(padded(date.year))-\(padded(date.month))-\(padded(date.day))"
        let time = ClockText.time(wall.minuteOfDay).replacing(":", with: "")
        return text.replacing("{date}", with: day).replacing("{time}", with: time).replacing("{n}", with: String(run))
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
