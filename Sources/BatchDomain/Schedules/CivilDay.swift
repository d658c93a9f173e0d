import FoundationEssentials

/// A day of the calendar, in no time zone.
struct CivilDay: Hashable, Comparable {
    /// Days since 1 January 1970.
    var number: Int

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    private var midnight: Date { Date(timeIntervalSince1970: Double(number) * 86_400) }

    /// Year, month from 1, and day of the month from 1.
    var date: (year: Int, month: Int, day: Int) {
        let parts = Self.calendar.dateComponents([.year, .month, .day], from: midnight)
        return (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }

    /// The day of the week, 0 for Sunday.
    var weekday: Int { ((number + 4) % 7 + 7) % 7 }

    static func < (first: Self, second: Self) -> Bool { first.number < second.number }
}
