import FoundationEssentials

/// What a clock on the wall shows: a day and a minute, in no time zone.
struct WallTime: Hashable, Comparable {
    /// Minutes since 1 January 1970, 00:00.
    var minutes: Int

    init(_ day: CivilDay, minute: Int) { minutes = day.number * 1440 + minute }

    /// The clock's minute at an instant, where clocks are ahead of UTC by seconds.
    init(_ instant: Date, offset: Int) {
        minutes = Int(((instant.timeIntervalSince1970 + Double(offset)) / 60).rounded(.down))
    }

    var day: CivilDay { CivilDay(number: Int((Double(minutes) / 1440).rounded(.down))) }

    /// Minutes since midnight.
    var minuteOfDay: Int { minutes - day.number * 1440 }

    /// The instant at which a clock shows this, where clocks are ahead of UTC by seconds.
    func instant(offset: Int) -> Date { Date(timeIntervalSince1970: Double(minutes * 60 - offset)) }

    static func < (first: Self, second: Self) -> Bool { first.minutes < second.minutes }
}
