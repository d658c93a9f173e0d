import BatchDomain
import BatchManifest

/// Everything that the wizard of schedules asks for, as it was typed.
struct ScheduleAnswers: Codable, Equatable {
    var endpoint = ""
    /// The deployment; empty for the endpoint's default, whichever it is at each time.
    var deployment = ""
    /// The answers about the input, which are those of a job.
    var job = JobAnswers()
    var kind = Kind.cron
    var expression = "0 2 * * *"
    var frequency = Recurrence.Frequency.day
    var interval = "1"
    /// Hours of the day: `2, 14`.
    var hours = "2"
    var minutes = ""
    /// Days of the week: `mon, fri`.
    var weekDays = ""
    var monthDays = ""
    var timeZone = ""
    /// When it starts to count; empty for when it is created.
    var start = ""
    var end = ""
    var name = ""
    var overlap = Schedule.Overlap.skip
    var catchUp = Schedule.CatchUp.last

    /// The types of triggers that the form can write.
    enum Kind: String, WizardOption {
        case cron, recurrence

        var title: String {
            switch self {
            case .cron: "Cron expression"
            case .recurrence: "Recurrence"
            }
        }
    }
}

extension Recurrence.Frequency: WizardOption {
    var title: String { rawValue }

    /// True when its times have a pattern of hours and minutes.
    var hasTimes: Bool {
        switch self {
        case .minute, .hour: false
        case .day, .week, .month: true
        }
    }

    /// True when its pattern may name days of the week.
    var hasWeekDays: Bool { self == .week || self == .month }
}

extension ScheduleAnswers {
    /// The trigger as a file writes it.
    var trigger: ManifestValue {
        let hours: [ManifestValue.Entry] = [
            .init("time_zone", .string(timeZone)), .init("start_time", .string(start)),
            .init("end_time", .string(end)),
        ]
        switch kind {
        case .cron:
            return ManifestValue.mapping(
                [.init("type", "cron"), .init("expression", .string(expression))] + hours
            ).withoutEmpty
        case .recurrence:
            let pattern: ManifestValue = [
                "hours": Self.list(frequency.hasTimes ? self.hours : ""),
                "minutes": Self.list(frequency.hasTimes ? minutes : ""),
                "week_days": Self.list(frequency.hasWeekDays ? weekDays : ""),
                "month_days": Self.list(frequency == .month ? monthDays : ""),
            ]
            return ManifestValue.mapping(
                [
                    .init("type", "recurrence"), .init("frequency", .string(frequency.rawValue)),
                    .init("interval", .string(interval)), .init("schedule", pattern.withoutEmpty),
                ] + hours
            ).withoutEmpty
        }
    }

    /// Words between commas or spaces.
    private static func list(_ text: String) -> ManifestValue {
        .list(text.split { $0 == "," || $0.isWhitespace }.map { .string(String($0)) })
    }
}
