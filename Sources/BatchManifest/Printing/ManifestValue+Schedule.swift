package import BatchDomain
import FoundationEssentials

extension ManifestValue {
    /// A schedule as `az ml schedule show` prints it; a file with it makes the same schedule.
    package init(_ schedule: Schedule) {
        let state: ManifestValue = [
            "trigger": .string(schedule.trigger.words), "next_run": ManifestValue(schedule.nextAt),
            "disabled_reason": ManifestValue(schedule.disabledReason), "remark": ManifestValue(schedule.remark),
        ]
        self =
            ManifestValue.mapping([
                Entry("id", .string("schedules/\(schedule.name)")),
                Entry("name", .string(schedule.name)),
                Entry("display_name", ManifestValue(schedule.displayName)),
                Entry("description", .string(schedule.description)),
                Entry("tags", ManifestValue(schedule.tags)),
                Entry("is_enabled", .bool(schedule.isEnabled)),
                Entry("provisioning_state", "Succeeded"),
                Entry("trigger", ManifestValue(schedule.trigger)),
                Entry("create_job", ManifestValue(schedule.job)),
                Entry("overlap", .string(schedule.overlap.rawValue)),
                Entry("catch_up", .string(schedule.catchUp.rawValue)),
                Entry("keep", schedule.keep.map { ManifestValue($0) } ?? .null),
                Entry("creation_context", ManifestValue(createdAt: schedule.createdAt, updatedAt: schedule.updatedAt)),
                Entry("batchstudio", state.withoutEmpty),
            ]).withoutEmpty
    }

    private init(_ trigger: ScheduleTrigger) {
        switch trigger {
        case .cron(let expression, let hours):
            self =
                .mapping(
                    [Entry("type", "cron"), Entry("expression", .string(expression.text))] + Self.entries(of: hours)
                ).withoutEmpty
        case .recurrence(let recurrence, let hours):
            let pattern: ManifestValue = [
                "hours": .numbers(recurrence.pattern.hours), "minutes": .numbers(recurrence.pattern.minutes),
                "week_days": .list(recurrence.pattern.weekDays.map { .string(Self.weekDays[$0]) }),
                "month_days": .numbers(recurrence.pattern.monthDays),
            ]
            self =
                .mapping(
                    [
                        Entry("type", "recurrence"), Entry("frequency", .string(recurrence.frequency.rawValue)),
                        Entry("interval", .int(recurrence.interval)),
                        Entry("schedule", pattern.withoutEmpty),
                    ] + Self.entries(of: hours)
                ).withoutEmpty
        case .arrival(let rule):
            self = [
                "type": "arrival", "poll": .string(SpanText.text(rule.poll)),
                "settle": .string(SpanText.text(rule.settle)),
                "collect": .string(SpanText.text(rule.collect)), "time_zone": .string(rule.timeZone.description),
            ]
        }
    }

    private init(_ keep: Retention) {
        let value: ManifestValue = [
            "runs": keep.runs.map { .int($0) } ?? .null, "days": keep.days.map { .int($0) } ?? .null,
            "outputs": keep.outputs ? true : .null,
        ]
        self = value.withoutEmpty
    }

    /// The job of each run, as a file writes it.
    private init(_ job: Invocation) {
        let input: ManifestValue = [
            "type": job.inputKind.map { .string($0.rawValue) } ?? .null, "path": .string(job.input.description),
            "new_only": job.isNewOnly.map { .bool($0) } ?? .null,
        ]
        self =
            ManifestValue.mapping(
                [
                    Entry("endpoint_name", .string(job.endpointName)),
                    Entry("deployment_name", ManifestValue(job.deploymentName)),
                    Entry("name", ManifestValue(job.jobName)),
                    Entry("display_name", ManifestValue(job.displayName)),
                    Entry("experiment_name", ManifestValue(job.experimentName)),
                    Entry("description", .string(job.description)),
                    Entry("tags", ManifestValue(job.tags)),
                    Entry("inputs", ["input": input.withoutEmpty]),
                    Entry("outputs", job.output.map { ["score": ["path": .string($0.description)]] } ?? .null),
                    Entry("settings", ManifestValue(settings: job.overrides)),
                ] + Self.entries(of: job.hooks)
            ).withoutEmpty
    }

    /// A run of a schedule.
    package init(_ run: ScheduleRun) {
        self = [
            "schedule": .string(run.schedule), "number": .int(run.number), "due_at": ManifestValue(run.dueAt),
            "cause": .string(run.cause.rawValue), "outcome": .string(run.outcome.rawValue),
            "job": ManifestValue(run.job), "reason": ManifestValue(run.reason),
        ]
    }

    private static func entries(of hours: ScheduleTrigger.Hours) -> [Entry] {
        [
            Entry("time_zone", .string(hours.timeZone.description)), Entry("start_time", ManifestValue(hours.start)),
            Entry("end_time", ManifestValue(hours.end)),
        ]
    }

    private static let weekDays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    private static func numbers(_ numbers: [Int]) -> ManifestValue { .list(numbers.map { .int($0) }) }
}
