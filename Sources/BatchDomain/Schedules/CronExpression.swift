/// A cron expression of five fields: minutes, hours, days, months and days of the week.
///
/// As in cron, a time matches when its minute, hour and month do, and its day: where both days and days of the week are restricted, one of them
/// is enough. Azure reads days and months as `*`, whatever they are (`docs/azure-compatibility.md`).
package struct CronExpression: Hashable, Sendable {
    /// The expression as written, with single spaces.
    package let text: String
    let minutes: CronField
    let hours: CronField
    private let days: CronField
    private let months: CronField
    private let weekdays: CronField

    /// Reads an expression.
    ///
    /// - Parameters:
    ///   - text: Five fields, with spaces between them.
    ///   - field: The field as the user knows it, for problems.
    /// - Throws: ``ValidationError`` with a problem for each field that breaks its rule, or when no day ever matches.
    package init(_ text: String, field: String = "trigger.expression") throws(ValidationError) {
        let words = text.split(whereSeparator: \.isWhitespace)
        let kinds = CronField.Kind.allCases
        func problem(_ rule: String) -> Problem {
            Problem(field: field, value: text, rule: rule, example: "0 2 * * *")
        }
        guard words.count == kinds.count else {
            let rule = "must have five fields: minutes, hours, days, months, days of the week"
            throw ValidationError(problem(rule))
        }
        var fields: [CronField] = []
        var problems: [Problem] = []
        for (word, kind) in zip(words, kinds) {
            do {
                fields.append(try CronField(word, kind))
            } catch {
                problems.append(problem(error.rule))
            }
        }
        try ValidationError.throwIfAny(problems)
        self.text = words.joined(separator: " ")
        minutes = fields[0]
        hours = fields[1]
        days = fields[2]
        months = fields[3]
        weekdays = fields[4]
        if weekdays.isAny, !hasDay { throw ValidationError(problem("names no day that exists")) }
    }

    /// The times on the wall.
    var pattern: WallPattern {
        let times = hours.values.flatMap { hour in minutes.values.map { hour * 60 + $0 } }
        return WallPattern(minutes: times, isHourly: hours.values.count == 24) { includes($0) }
    }

    private func includes(_ day: CivilDay) -> Bool {
        let date = day.date
        guard months.values.contains(date.month) else { return false }
        let isDay = days.values.contains(date.day)
        let isWeekday = weekdays.values.contains(day.weekday)
        return days.isAny || weekdays.isAny ? isDay && isWeekday : isDay || isWeekday
    }

    /// True when one of the months has one of the days.
    private var hasDay: Bool {
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return months.values.contains { month in days.values.contains { $0 <= lengths[month - 1] } }
    }

    /// When it happens, in words, where they are shorter than the expression: "daily 02:00", "Mon, Fri 08:30".
    var words: String {
        guard minutes.values.count == 1, let minute = minutes.values.first else {
            let isEveryDay = days.isAny && months.isAny && weekdays.isAny
            return isEveryDay && hours.isAny && minutes.values.count > 1
                ? everyMinutes ?? text : text
        }
        guard months.values.count == 12, days.values.count == 31 else { return text }
        if hours.values.count == 24, weekdays.values.count == 7 {
            return minute == 0 ? "hourly" : "hourly at \(ClockText.minute(minute))"
        }
        guard hours.values.count <= 4 else { return text }
        let times = hours.values.map { ClockText.time($0 * 60 + minute) }.joined(separator: ", ")
        return weekdays.values.count == 7 ? "daily \(times)" : "\(ClockText.weekdays(weekdays.values)) \(times)"
    }

    private var everyMinutes: String? {
        let step = minutes.values[1] - minutes.values[0]
        guard minutes.values == Array(stride(from: 0, through: 59, by: step)), 60 % step == 0 else { return nil }
        return step == 1 ? "every minute" : "every \(step) minutes"
    }
}

extension CronExpression: Codable {
    package init(from decoder: any Decoder) throws {
        self = try Self(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
