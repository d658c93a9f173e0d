import FoundationEssentials

/// Times that come again at an interval: Azure's `recurrence`.
///
/// Minutes and hours pass from the start time on. Days, weeks and months are those of the calendar, counted from the start time's; their pattern
/// says at which of their times.
package struct Recurrence: Hashable, Sendable, Codable {
    package enum Frequency: String, CaseIterable, Hashable, Sendable, Codable {
        case minute, hour, day, week, month
    }

    /// The times within a day, a week or a month.
    package struct Pattern: Hashable, Sendable, Codable {
        /// Hours of the day, 0–23; empty for the start time's.
        package var hours: [Int]
        /// Minutes of the hour, 0–59; empty for the start time's, or 0 where hours are named.
        package var minutes: [Int]
        /// Days of the week, 0 for Sunday; of weeks and months.
        package var weekDays: [Int]
        /// Days of the month, 1–31; of months, of which those without the day have none.
        package var monthDays: [Int]

        package init(hours: [Int] = [], minutes: [Int] = [], weekDays: [Int] = [], monthDays: [Int] = []) {
            self.hours = hours
            self.minutes = minutes
            self.weekDays = weekDays
            self.monthDays = monthDays
        }
    }

    /// The unit.
    package var frequency: Frequency
    /// Units from one time to the next; at least 1.
    package var interval: Int
    /// The times within the unit.
    package var pattern: Pattern

    package init(_ frequency: Frequency, interval: Int = 1, pattern: Pattern = Pattern()) {
        self.frequency = frequency
        self.interval = interval
        self.pattern = pattern
    }

    /// The problems of the values.
    package func problems() -> [Problem] {
        var problems: [Problem] = []
        if !(1...1000).contains(interval) {
            let rule = "must be a whole number from 1 to 1,000"
            problems.append(Problem(field: "trigger.interval", value: String(interval), rule: rule))
        }
        func check(_ name: String, _ values: [Int], _ range: ClosedRange<Int>, of frequencies: Set<Frequency>) {
            let field = "trigger.schedule.\(name)"
            if !values.isEmpty, !frequencies.contains(frequency) {
                let names = Frequency.allCases.filter(frequencies.contains).map(\.rawValue).joined(separator: " or ")
                problems.append(Problem(field: field, rule: "needs the frequency \(names), not \(frequency.rawValue)"))
            }
            for value in values where !range.contains(value) {
                let rule = "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
                problems.append(Problem(field: field, value: String(value), rule: rule))
            }
        }
        check("hours", pattern.hours, 0...23, of: [.day, .week, .month])
        check("minutes", pattern.minutes, 0...59, of: [.day, .week, .month])
        check("week_days", pattern.weekDays, 0...6, of: [.week, .month])
        check("month_days", pattern.monthDays, 1...31, of: [.month])
        if !pattern.weekDays.isEmpty, !pattern.monthDays.isEmpty {
            let rule = "stands beside week_days: name days of the month or of the week"
            problems.append(Problem(field: "trigger.schedule.month_days", rule: rule))
        }
        return problems
    }

    /// The first instant after another, not before the start.
    func next(after instant: Date, start: Date, in zone: TimeZone) -> Date? {
        switch frequency {
        case .minute: nextPassing(after: instant, start: start, seconds: 60)
        case .hour: nextPassing(after: instant, start: start, seconds: 3600)
        case .day, .week, .month:
            wallPattern(from: start, in: zone).next(after: max(instant, start.addingTimeInterval(-1)), in: zone)
        }
    }

    private func nextPassing(after instant: Date, start: Date, seconds: Int) -> Date {
        let step = Double(interval * seconds)
        let passed = instant.timeIntervalSince(start)
        return passed < 0 ? start : start.addingTimeInterval((passed / step).rounded(.down) * step + step)
    }

    /// The recurrence with the times and days that it takes from its start.
    func completed(from start: Date, in zone: TimeZone) -> Recurrence {
        let anchor = WallTime(start, offset: zone.secondsFromGMT(for: start))
        var full = self
        switch frequency {
        case .minute, .hour: return self
        case .day: break
        case .week: if pattern.weekDays.isEmpty { full.pattern.weekDays = [anchor.day.weekday] }
        case .month:
            if pattern.weekDays.isEmpty, pattern.monthDays.isEmpty { full.pattern.monthDays = [anchor.day.date.day] }
        }
        if pattern.minutes.isEmpty {
            full.pattern.minutes = [pattern.hours.isEmpty ? anchor.minuteOfDay % 60 : 0]
        }
        if pattern.hours.isEmpty { full.pattern.hours = [anchor.minuteOfDay / 60] }
        return full
    }

    private func wallPattern(from start: Date, in zone: TimeZone) -> WallPattern {
        let first = WallTime(start, offset: zone.secondsFromGMT(for: start)).day
        let full = completed(from: start, in: zone)
        let (hours, minutes) = (full.pattern.hours, full.pattern.minutes)
        let times = Set(hours.flatMap { hour in minutes.map { hour * 60 + $0 } }).sorted()
        return WallPattern(minutes: times, isHourly: Set(hours).count == 24) { full.includes($0, from: first) }
    }

    private func includes(_ day: CivilDay, from first: CivilDay) -> Bool {
        guard day >= first else { return false }
        switch frequency {
        case .minute, .hour: return false
        case .day: return (day.number - first.number) % interval == 0
        case .week:
            // Weeks start on Monday.
            let weeks = (day.number + 3) / 7 - (first.number + 3) / 7
            return weeks % interval == 0 && pattern.weekDays.contains(day.weekday)
        case .month:
            let (date, start) = (day.date, first.date)
            guard ((date.year - start.year) * 12 + date.month - start.month) % interval == 0 else { return false }
            if !pattern.weekDays.isEmpty { return pattern.weekDays.contains(day.weekday) }
            return pattern.monthDays.contains(date.day)
        }
    }

    /// When it happens, in words: "daily 02:00", "every 2 weeks Mon, Fri 08:00, 20:00".
    var words: String {
        let units = interval == 1 ? "" : "every \(interval) \(frequency.rawValue)s"
        let times = pattern.hours.sorted().flatMap { hour in
            (pattern.minutes.isEmpty ? [0] : pattern.minutes.sorted()).map { ClockText.time(hour * 60 + $0) }
        }
        let shown = times.prefix(4).joined(separator: ", ") + (times.count > 4 ? ", …" : "")
        let days: String
        if !pattern.weekDays.isEmpty {
            days = ClockText.weekdays(pattern.weekDays)
        } else {
            let numbers = pattern.monthDays.sorted().map(String.init).joined(separator: ", ")
            days = numbers.isEmpty ? "" : "on \(numbers)"
        }
        let name: String
        switch frequency {
        case .minute: name = "every minute"
        case .hour: name = "hourly"
        case .day: name = "daily"
        case .week: name = days.isEmpty ? "weekly" : ""
        case .month: name = "monthly"
        }
        return [units.isEmpty ? name : units, days, shown].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
