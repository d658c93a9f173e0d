import FoundationEssentials

/// The time of day where the user is.
///
/// Pages write dates often, so this does it without a formatter.
struct LocalTime: Sendable {
    /// How far the clocks on the wall are ahead of UTC at a moment, in seconds.
    let secondsFromUTC: @Sendable (Date) -> Int

    /// The clock of Greenwich, for tests.
    static let utc = LocalTime { _ in 0 }

    /// A date short enough for a table: `Nov 22 13:58`, and `2024-11-22` when it is long ago.
    func short(_ date: Date, now: Date) -> String {
        let civil = civil(date)
        guard abs(now.timeIntervalSince(date)) < 300 * 86_400 else {
            return "\(civil.year)-\(Self.two(civil.month))-\(Self.two(civil.day))"
        }
        let day = civil.day < 10 ? " \(civil.day)" : "\(civil.day)"
        return "\(Self.months[civil.month - 1]) \(day) \(Self.two(civil.hour)):\(Self.two(civil.minute))"
    }

    /// A date in full: `2026-11-22 13:58:01`.
    func full(_ date: Date) -> String {
        let civil = civil(date)
        return "\(civil.year)-\(Self.two(civil.month))-\(Self.two(civil.day)) \(clock(date))"
    }

    /// The time of day: `13:58:01`.
    func clock(_ date: Date) -> String {
        let civil = civil(date)
        return "\(Self.two(civil.hour)):\(Self.two(civil.minute)):\(Self.two(civil.second))"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The Gregorian calendar by Howard Hinnant's `civil_from_days`: years begin in March, eras have 146,097 days.
    private func civil(_ date: Date) -> (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + secondsFromUTC(date)
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let ofDay = seconds - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * march + 2) / 5 + 1,
            hour: ofDay / 3600,
            minute: ofDay / 60 % 60,
            second: ofDay % 60
        )
    }
}
