import BatchDomain
import TerminalKit

extension ScheduleWizard {
    typealias Field = WizardField<ScheduleAnswers>

    func fields(of step: Int) -> [Field] {
        switch Step(rawValue: step) {
        case .endpoint: endpointFields
        case .input: inputFields
        case .trigger: triggerFields
        case .rules: ruleFields
        case .review, nil: []
        }
    }

    private var endpointFields: [Field] {
        var endpoint = Field.choice(
            "endpoint_name",
            "Endpoint",
            \.endpoint,
            of: draft,
            (endpoints ?? []).map { FormField.Option($0) },
            help: "The endpoint whose jobs it starts.",
            isRequired: true
        )
        endpoint.remedy = .init(
            text: "There is no endpoint. Create one; what you entered here is kept.",
            verb: "Create endpoint",
            route: .createEndpoint
        )
        let standard = job.endpoint?.defaultDeployment.map { "the default, now \($0)" } ?? "the default"
        let deployments = (job.deployments ?? []).map { FormField.Option($0.name) }
        var deployment = Field.choice(
            "deployment_name",
            "Deployment",
            \.deployment,
            of: draft,
            [FormField.Option("", standard)] + deployments,
            help: "The deployment that scores. The default is read again at each time."
        )
        deployment.details = Dictionary((job.deployments ?? []).map { ($0.name, $0.model.short) }) { first, _ in first }
        deployment.isDefault = draft.deployment.isEmpty
        return [endpoint, deployment]
    }

    private var triggerFields: [Field] {
        let kind = Field.option(
            "trigger.type",
            "Trigger",
            \.kind,
            of: draft,
            help: "Times of a cron expression, or times at an interval. Left and right choose."
        )
        return [kind] + (draft.kind == .cron ? [cron] : recurrence) + hours
    }

    private var cron: Field {
        .text(
            "trigger.expression",
            "Cron expression",
            \.expression,
            of: draft,
            help: "Minutes, hours, days, months, days of the week: 0 2 * * * is daily 02:00, */15 * * * 1-5 every "
                + "15 minutes from Monday to Friday.",
            // No mark of a required field: its * would read as one of the expression's.
            placeholder: "for example 0 2 * * *"
        )
    }

    private var recurrence: [Field] {
        let frequency = Field.option(
            "trigger.frequency",
            "Frequency",
            \.frequency,
            of: draft,
            help: "The unit of the interval. Left and right choose."
        )
        let interval = Field.text(
            "trigger.interval",
            "Interval",
            \.interval,
            of: draft,
            help: "Units from one time to the next: 2 with week is every second week.",
            placeholder: "1"
        )
        let hours = Field.text(
            "trigger.schedule.hours",
            "Hours",
            \.hours,
            of: draft,
            help: "Hours of the day, 0 to 23, with commas between them; empty for that of the start.",
            placeholder: "for example 2, 14"
        )
        let minutes = Field.text(
            "trigger.schedule.minutes",
            "Minutes",
            \.minutes,
            of: draft,
            help: "Minutes of the hour, 0 to 59, with commas between them.",
            placeholder: draft.hours.isEmpty ? "that of the start" : "0"
        )
        let weekDays = Field.text(
            "trigger.schedule.week_days",
            "Days of the week",
            \.weekDays,
            of: draft,
            help: "Days with commas between them: monday, fri; empty for that of the start.",
            placeholder: "for example mon, fri"
        )
        let monthDays = Field.text(
            "trigger.schedule.month_days",
            "Days of the month",
            \.monthDays,
            of: draft,
            help: "1 to 31, with commas between them; a month without the day has none.",
            placeholder: "for example 1, 15"
        )
        return [frequency, interval] + (draft.frequency.hasWeekDays ? [weekDays] : [])
            + (draft.frequency == .month ? [monthDays] : []) + (draft.frequency.hasTimes ? [hours, minutes] : [])
    }

    private var hours: [Field] {
        [
            .text(
                "trigger.time_zone",
                "Time zone",
                \.timeZone,
                of: draft,
                help: "The clocks of the times: Europe/Berlin, UTC, or W. Europe Standard Time.",
                placeholder: TimeZoneName.utc.description
            ),
            .text(
                "trigger.start_time",
                "Start",
                \.start,
                of: draft,
                help: "No job before it, on these clocks; an interval counts from it. Empty for when it is created.",
                placeholder: "when it is created"
            ),
            .text(
                "trigger.end_time",
                "End",
                \.end,
                of: draft,
                help: "No job after it, on these clocks: 2026-12-31 or 2026-12-31T18:00.",
                placeholder: "none"
            ),
        ]
    }

    private var ruleFields: [Field] {
        [
            .text(
                "name",
                "Name",
                \.name,
                of: draft,
                help: "The schedule's name, which its jobs are named after: nightly-1, nightly-2.",
                placeholder: "for example nightly",
                isRequired: true
            ),
            .option(
                "overlap",
                "When a run is not over",
                \.overlap,
                of: draft,
                standard: .skip,
                help: "What happens at a time when the run before is not over. Left and right choose."
            ),
            .option(
                "catch_up",
                "After missed times",
                \.catchUp,
                of: draft,
                standard: .last,
                help: "What happens with times that passed while the machine was off. Left and right choose."
            ),
        ]
    }

    func notes(of step: Int) -> [String] {
        switch Step(rawValue: step) {
        case .input: inputNotes
        case .trigger: trigger.map { [$0.words] } ?? []
        case .rules: ["An executor keeps the times while a schedule is enabled."]
        case .endpoint, .review, nil: []
        }
    }
}
