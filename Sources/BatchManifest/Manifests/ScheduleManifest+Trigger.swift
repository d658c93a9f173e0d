import BatchDomain
import FoundationEssentials

extension ManifestFields {
    private enum TriggerKind: String, CaseIterable {
        case cron, recurrence, arrival
    }

    /// What starts the schedule's jobs; nil when that is not given, or wrong, which is reported.
    mutating func trigger(_ surroundings: ScheduleManifest.Surroundings) -> ScheduleTrigger? {
        let kind = requiredChoice(
            "trigger.type",
            of: TriggerKind.self,
            rule: "must be cron, recurrence or arrival",
            example: .cron
        )
        let cron = text("trigger.expression")
        let recurrence = recurrence()
        let rule = arrivalRule()
        let hours = hours(surroundings)
        reportStrangers(of: kind)
        switch kind {
        case .cron:
            guard let cron else {
                report("trigger.expression", rule: "must be given for a cron trigger", example: "0 2 * * *")
                return nil
            }
            do {
                return .cron(try CronExpression(cron), hours)
            } catch {
                for var problem in error.problems {
                    problem.location = location(problem.field)
                    add(problem)
                }
                return nil
            }
        case .recurrence:
            guard let recurrence else {
                report("trigger.frequency", rule: "must be given for a recurrence", example: "day")
                return nil
            }
            return .recurrence(recurrence, hours)
        case .arrival:
            var rule = rule
            rule.timeZone = hours.timeZone
            return .arrival(rule)
        case nil: return nil
        }
    }

    private mutating func arrivalRule() -> ArrivalRule {
        let given = ArrivalRule.spans.map { span in
            self.span("trigger.\(span.name)", example: SpanText.text(span.standard)) ?? span.standard
        }
        return ArrivalRule(poll: given[0], settle: given[1], collect: given[2])
    }

    /// Reports the keys that mean nothing for a trigger with arriving files, and those of arriving files for another one.
    private mutating func reportStrangers(of kind: TriggerKind?) {
        guard let kind else { return }
        let times = ["expression", "frequency", "interval", "schedule", "start_time", "end_time"]
        for key in kind == .arrival ? times : ArrivalRule.spans.map(\.name) where value(at: "trigger.\(key)") != nil {
            report("trigger.\(key)", rule: "means nothing for a trigger of type \(kind.rawValue)")
        }
    }

    private mutating func recurrence() -> Recurrence? {
        let frequency = choice("trigger.frequency", of: Recurrence.Frequency.self, example: .day)
        let pattern = Recurrence.Pattern(
            hours: wholeNumbers("trigger.schedule.hours"),
            minutes: wholeNumbers("trigger.schedule.minutes"),
            weekDays: weekDays("trigger.schedule.week_days"),
            monthDays: wholeNumbers("trigger.schedule.month_days")
        )
        let interval = wholeNumber("trigger.interval") ?? 1
        return frequency.map { Recurrence($0, interval: interval, pattern: pattern) }
    }

    private mutating func hours(_ surroundings: ScheduleManifest.Surroundings) -> ScheduleTrigger.Hours {
        var zone = TimeZoneName.utc
        if let name = text("trigger.time_zone") {
            zone =
                attempt("trigger.time_zone") { () throws(Problem) in
                    try TimeZoneName(name, known: surroundings.timeZones)
                } ?? zone
        }
        return ScheduleTrigger.Hours(
            timeZone: zone,
            start: time("trigger.start_time", in: zone) ?? surroundings.now,
            end: time("trigger.end_time", in: zone)
        )
    }

    private mutating func time(_ path: String, in zone: TimeZoneName) -> Date? {
        guard let text = text(path) else { return nil }
        if let time = TriggerTime.of(text, in: zone.zone) { return time }
        report(path, value: text, rule: "must be a date and a time", example: "2026-12-01T02:00:00")
        return nil
    }

    private mutating func wholeNumbers(_ path: String) -> [Int] {
        words(path).compactMap { word in
            if let number = Int(word) { return number }
            report(path, value: word, rule: "must be a whole number, or a list of them", example: "[2, 14]")
            return nil
        }
    }

    private mutating func weekDays(_ path: String) -> [Int] {
        let names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        return words(path).compactMap { word in
            let word = word.lowercased()
            if word.count >= 3, let day = names.firstIndex(where: { $0.hasPrefix(word) }) { return day }
            report(path, value: word, rule: "must be a day of the week, or a list of them", example: "[monday, friday]")
            return nil
        }
    }

    /// A scalar, or those of a list.
    private mutating func words(_ path: String) -> [String] {
        guard let node = node(path, as: .list) else { return [] }
        if let text = node.text { return [text] }
        if let elements = node.elements { return elements.map { $0.text ?? "" } }
        report(path, rule: "must be a list, but it is \(node.noun)")
        return []
    }
}
