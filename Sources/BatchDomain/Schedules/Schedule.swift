package import FoundationEssentials

/// What starts jobs of an endpoint again and again.
package struct Schedule: Equatable, Sendable, Codable {
    /// What happens at a time when the last run is not over.
    package enum Overlap: String, CaseIterable, Sendable, Codable {
        /// The time is left out, and the history says so.
        case skip
        /// The run starts when the last one is over.
        case queue
    }

    /// What happens with times that passed while nothing kept them.
    package enum CatchUp: String, CaseIterable, Sendable, Codable {
        /// One run for all of them.
        case last
        /// A run for each.
        case all
        /// None.
        case none
    }

    /// The schedule's name, unique in the workspace.
    package var name: String
    /// The name that lists show; nil for the name.
    package var displayName: String?
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// What makes it start jobs.
    package var trigger: ScheduleTrigger
    /// The parameters of its jobs, whose names and outputs may hold `{date}`, `{time}` and `{n}`.
    package var job: Invocation
    /// What happens when the last run is not over.
    package var overlap: Overlap
    /// What happens with times that were missed.
    package var catchUp: CatchUp
    /// How long its jobs stay; nil for ever.
    package var keep: Retention?
    /// False when it starts no jobs.
    package var isEnabled: Bool
    /// Why it was disabled by the program; nil where a user did it.
    package var disabledReason: String?
    /// Why its input can't be listed now; nil where it can, or times start the jobs.
    package var remark: String?
    /// When the next run is due; nil where no time is.
    package var nextAt: Date?
    /// When it was made.
    package var createdAt: Date
    /// When it was last changed.
    package var updatedAt: Date

    package init(
        name: String,
        displayName: String? = nil,
        description: String = "",
        tags: [String: String] = [:],
        trigger: ScheduleTrigger,
        job: Invocation,
        overlap: Overlap = .skip,
        catchUp: CatchUp = .last,
        keep: Retention? = nil,
        isEnabled: Bool = true,
        disabledReason: String? = nil,
        remark: String? = nil,
        nextAt: Date? = nil,
        createdAt: Date,
        updatedAt: Date
    ) {
        self.name = name
        self.displayName = displayName
        self.description = description
        self.tags = tags
        self.trigger = trigger
        self.job = job
        self.overlap = overlap
        self.catchUp = catchUp
        self.keep = keep
        self.isEnabled = isEnabled
        self.disabledReason = disabledReason
        self.remark = remark
        self.nextAt = nextAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The clocks that names of jobs show.
    package var timeZone: TimeZoneName {
        switch trigger {
        case .cron(_, let hours), .recurrence(_, let hours): hours.timeZone
        case .arrival(let rule): rule.timeZone
        }
    }

    /// True when its jobs leave out the files that were scored before; those of arriving files always do.
    package var isNewOnly: Bool { trigger.arrival != nil || job.isNewOnly == true }

    /// The parameters of its jobs, with what its trigger asks for.
    package var invocation: Invocation {
        var invocation = job
        if isNewOnly { invocation.isNewOnly = true }
        invocation.settle = trigger.arrival?.settle
        return invocation
    }

    /// Names and outputs that the second run would find taken.
    private var nameProblems: [Problem] {
        func problem(_ field: String, _ value: String?, _ example: String) -> Problem? {
            guard let value, !["{n}", "{time}", "{date}"].contains(where: value.contains) else { return nil }
            let rule = "must differ from run to run: {n} is the run's number, {date} and {time} are when it was due"
            return Problem(field: field, value: value, rule: rule, example: example)
        }
        return [
            problem("create_job.name", job.jobName, "nightly-{n}"),
            problem("create_job.outputs", job.output?.path, "predictions/{date}"),
        ].compactMap { $0 }
    }

    /// The problems of the values.
    package func problems() -> [Problem] {
        NameRule.schedule.problems(in: name) + trigger.problems() + nameProblems + (keep?.problems() ?? [])
    }
}
