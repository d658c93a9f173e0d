package import BatchDomain
package import FoundationEssentials

/// `az ml schedule create -f`: the YAML of a schedule.
///
/// ```yaml
/// name: nightly
/// trigger: {type: cron, expression: "0 2 * * *", time_zone: Europe/Berlin}
/// create_job: ./job.yml
/// ```
package enum ScheduleManifest {
    /// What a reader must know that stands in no file.
    package struct Surroundings: Sendable {
        /// The time now: triggers start then where a file names no start.
        package var now: Date
        /// All names of the IANA database of time zones.
        package var timeZones: [String]

        package init(now: Date, timeZones: [String]) {
            self.now = now
            self.timeZones = timeZones
        }
    }

    /// Reads a schedule; a given name replaces the file's.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument,
        name: String? = nil,
        _ surroundings: Surroundings
    ) throws(ValidationError) -> Schedule {
        var fields = try ManifestFields(document.setting(path: "name", text: name), noun: "schedule")
        return try read(&fields, surroundings)
    }

    /// Reads a trigger alone.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong with it.
    package static func trigger(
        _ document: YAMLDocument,
        _ surroundings: Surroundings
    ) throws(ValidationError) -> ScheduleTrigger? {
        var fields = try ManifestFields(document, noun: "schedule")
        let trigger = fields.trigger(surroundings)
        try fields.finish(valueProblems: trigger?.problems() ?? [])
        return trigger
    }

    static func read(_ fields: inout ManifestFields, _ surroundings: Surroundings) throws(ValidationError) -> Schedule {
        let name = fields.requiredText("name", as: .name(.schedule), example: NameRule.schedule.example, flag: "--name")
        let trigger = fields.trigger(surroundings)
        let job = fields.scheduledJob()
        if case .arrival? = trigger, job?.isNewOnly == false {
            let rule = "can't be false for arriving files: a job of them scores what is new"
            fields.report("create_job", value: "new_only: false", rule: rule, example: "true")
        }
        let schedule = Schedule(
            name: name,
            displayName: fields.text("display_name"),
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            trigger: trigger ?? .recurrence(Recurrence(.day), ScheduleTrigger.Hours(start: surroundings.now)),
            job: job ?? Invocation(endpointName: "", input: .local("")),
            overlap: fields.choice("overlap", of: Schedule.Overlap.self, example: .skip) ?? .skip,
            catchUp: fields.choice("catch_up", of: Schedule.CatchUp.self, example: .last) ?? .last,
            keep: fields.keep(),
            isEnabled: fields.flag("is_enabled") ?? true,
            createdAt: surroundings.now,
            updatedAt: surroundings.now
        )
        fields.accept("id", "properties", "provisioning_state", "creation_context", "batchstudio")
        try fields.finish(valueProblems: schedule.problems())
        return schedule
    }
}

extension ManifestFields {
    /// The job's YAML: a file, or written in place.
    fileprivate mutating func scheduledJob() -> Invocation? {
        let key = "create_job"
        guard let node = node(key, as: .fileOrContent) else {
            report(key, rule: "must be given: the YAML of a job, or its file", example: "./job.yml")
            require(key)
            return nil
        }
        require(key)
        do {
            if let path = node.text {
                return try JobManifest.read(try YAMLDocument(readingFile: document.absolute(path)))
            }
            // Azure's form with a file and what is different from it.
            if let file = node["job"]?.text {
                var other = try YAMLDocument(readingFile: document.absolute(file))
                for entry in node.entries ?? [] where entry.key != "job" && entry.key != "type" {
                    other = try other.setting(path: entry.key, to: entry.value)
                }
                return try JobManifest.read(other)
            }
            return try JobManifest.read(document.part(node))
        } catch let error as ValidationError {
            for problem in error.problems {
                var placed = problem
                placed.field = "\(key).\(problem.field)"
                add(placed)
            }
        } catch {
            report(key, rule: "can't be read: \((error as? StudioError)?.inSentence ?? "\(error)")")
        }
        return nil
    }

    /// How long the jobs stay.
    fileprivate mutating func keep() -> Retention? {
        let node = node("keep", as: .mapping)
        let retention = Retention(
            runs: wholeNumber("keep.runs"),
            days: wholeNumber("keep.days"),
            outputs: flag("keep.outputs") ?? false
        )
        guard let node else { return nil }
        if node.entries != nil { return retention }
        report("keep", rule: "must be a mapping, but it is \(node.noun)", example: "{runs: 30}")
        return nil
    }
}
