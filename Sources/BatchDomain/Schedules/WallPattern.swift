import FoundationEssentials

/// Times on the wall that come again: the same minutes of certain days.
///
/// Where clocks are set forward, a time that they leave out happens once, right after. Where they are set back, a time that they show twice happens
/// the first time. A pattern of every hour follows the hours as they pass: it leaves out none and takes both.
struct WallPattern: Sendable {
    /// Minutes since midnight, ascending.
    var minutes: [Int]
    /// True when each hour has a time.
    var isHourly: Bool
    /// Tells whether a day has these times.
    var includes: @Sendable (CivilDay) -> Bool

    /// The days after which a pattern without a match has none: 29 February comes after eight years at most.
    private static let horizon = 366 * 9

    /// The first instant after another.
    ///
    /// - Returns: Nil when the pattern has no day in nine years.
    func next(after instant: Date, in zone: TimeZone) -> Date? {
        let last = instant.addingTimeInterval(Double(Self.horizon) * 86_400)
        var from = instant
        var offset = zone.secondsFromGMT(for: from)
        // The wall's times up to this one, excluded, have been shown before.
        var shown = repeated(before: from, in: zone)
        while from < last {
            let change = zone.nextDaylightSavingTimeTransition(after: from).map { min($0, last) } ?? last
            let start = max(WallTime(from, offset: offset).minutes + 1, shown.minutes)
            if let found = first(from: start, until: WallTime(change, offset: offset).minutes) {
                let time = found.instant(offset: offset)
                if time < change { return time }
            }
            let before = WallTime(change, offset: offset)
            offset = zone.secondsFromGMT(for: change)
            let after = WallTime(change, offset: offset)
            if !isHourly, before < after, first(from: before.minutes, until: after.minutes) != nil { return change }
            if isIncluded(after), isHourly || before <= after { return change }
            shown = isHourly ? after : max(before, after)
            from = change
        }
        return nil
    }

    /// Up to which time the clocks before an instant had been shown already, when they were set back.
    private func repeated(before instant: Date, in zone: TimeZone) -> WallTime {
        let none = WallTime(CivilDay(number: -1_000_000), minute: 0)
        guard !isHourly, let change = zone.nextDaylightSavingTimeTransition(after: instant.addingTimeInterval(-86_400)),
            change <= instant
        else { return none }
        return WallTime(change, offset: zone.secondsFromGMT(for: change.addingTimeInterval(-1)))
    }

    private func isIncluded(_ time: WallTime) -> Bool { includes(time.day) && minutes.contains(time.minuteOfDay) }

    /// The first time from a minute on and before another.
    private func first(from start: Int, until end: Int) -> WallTime? {
        guard start < end else { return nil }
        var day = CivilDay(number: Int((Double(start) / 1440).rounded(.down)))
        while day.number * 1440 < end {
            if includes(day) {
                let earliest = start - day.number * 1440
                if let minute = minutes.first(where: { $0 >= earliest }) {
                    let time = WallTime(day, minute: minute)
                    return time.minutes < end ? time : nil
                }
            }
            day.number += 1
        }
        return nil
    }
}
