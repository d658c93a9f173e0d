package import FoundationEssentials

/// The times at which a schedule starts jobs, or the arrival of files for them.
package enum ScheduleTrigger: Equatable, Sendable, Codable {
    /// Times of a cron expression.
    case cron(CronExpression, Hours)
    /// Times at an interval.
    case recurrence(Recurrence, Hours)
    /// The arrival of files in the input of its jobs, which score what is new.
    case arrival(ArrivalRule)

    /// The zone of a trigger's times, and the time in which it counts.
    package struct Hours: Equatable, Sendable, Codable {
        /// The clocks that times are read from.
        package var timeZone: TimeZoneName
        /// Nothing happens before; the time of creation where a file names none.
        package var start: Date
        /// Nothing happens after; nil for no end.
        package var end: Date?

        package init(timeZone: TimeZoneName = .utc, start: Date, end: Date? = nil) {
            self.timeZone = timeZone
            self.start = start
            self.end = end
        }
    }

    /// The problems of the values.
    package func problems() -> [Problem] {
        switch self {
        case .cron(_, let hours): hours.problems()
        case .recurrence(let recurrence, let hours): recurrence.problems() + hours.problems()
        case .arrival(let rule): rule.problems()
        }
    }

    /// The first time after an instant at which a job starts.
    ///
    /// - Returns: Nil after the end, and where no time starts one.
    package func next(after instant: Date) -> Date? {
        let (time, hours): (Date?, Hours)
        switch self {
        case .cron(let expression, let cronHours):
            hours = cronHours
            let from = max(instant, hours.start.addingTimeInterval(-0.001))
            time = expression.pattern.next(after: from, in: hours.timeZone.zone)
        case .recurrence(let recurrence, let recurrenceHours):
            hours = recurrenceHours
            time = recurrence.next(after: instant, start: hours.start, in: hours.timeZone.zone)
        case .arrival: return nil
        }
        guard let time, hours.end.map({ time <= $0 }) ?? true else { return nil }
        return time
    }

    /// The times after an instant, as many as there are up to a number.
    package func next(_ count: Int, after instant: Date) -> [Date] {
        var times: [Date] = []
        while times.count < count, let time = next(after: times.last ?? instant) { times.append(time) }
        return times
    }

    /// The rule of arriving files; nil where times start the jobs.
    package var arrival: ArrivalRule? { if case .arrival(let rule) = self { rule } else { nil } }

    /// The trigger in words: "daily 02:00 Europe/Berlin".
    package var words: String {
        switch self {
        case .cron(let expression, let hours): "\(expression.words) \(hours.timeZone)"
        case .recurrence(let recurrence, let hours):
            "\(recurrence.completed(from: hours.start, in: hours.timeZone.zone).words) \(hours.timeZone)"
        case .arrival: "when files arrive"
        }
    }

    /// The trigger with another start.
    package func starting(at start: Date) -> Self {
        switch self {
        case .cron(let expression, var hours):
            hours.start = start
            return .cron(expression, hours)
        case .recurrence(let recurrence, var hours):
            hours.start = start
            return .recurrence(recurrence, hours)
        case .arrival: return self
        }
    }
}

extension ScheduleTrigger.Hours {
    fileprivate func problems() -> [Problem] {
        guard let end, end <= start else { return [] }
        return [Problem(field: "trigger.end_time", rule: "must be after start_time")]
    }
}
