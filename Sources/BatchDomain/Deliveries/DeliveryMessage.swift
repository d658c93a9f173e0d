import FoundationEssentials

/// What a hook is told about a job that has ended: the JSON of webhooks, and the variables of commands.
package struct DeliveryMessage: Equatable, Sendable, Codable {
    /// The job.
    package struct JobPart: Equatable, Sendable, Codable {
        var name: String
        var displayName: String
        var endpoint: String
        var deployment: String
        var model: String
        var status: String
        var cause: String?
        var createdAt: Date
        var startedAt: Date?
        var endedAt: Date?
    }

    /// The counts of the job.
    package struct Counts: Equatable, Sendable, Codable {
        var files: Int?
        var succeededFiles: Int
        var failedFiles: Int
        var rows: Int
    }

    /// Where the output is.
    package struct Output: Equatable, Sendable, Codable {
        var path: String
        package var folder: String
        package var file: String?
    }

    /// The run of a schedule that has started the job.
    package struct Run: Equatable, Sendable, Codable {
        var name: String
        var run: Int
    }

    /// The delivery's id.
    package let delivery: String
    /// The end of the job.
    package let event: JobHook.Event
    /// The job.
    package let job: JobPart
    /// The counts.
    package let counts: Counts
    /// The output; a job that has failed has written none.
    package var output: Output?
    /// The schedule's run; nil where a user has started the job.
    package let schedule: Run?

    /// Describes a job that has ended.
    package init(delivery: String, event: JobHook.Event, job: Job, run: ScheduleRun?) {
        let specification = job.specification
        self.delivery = delivery
        self.event = event
        self.job = JobPart(
            name: job.name,
            displayName: job.displayName,
            endpoint: specification.endpointName,
            deployment: specification.deploymentName,
            model: specification.model.description,
            status: job.state.rawValue,
            cause: job.cause.map(SecretMask.masked),
            createdAt: job.createdAt,
            startedAt: job.startedAt,
            endedAt: job.endedAt
        )
        counts = Counts(
            files: job.counts.files,
            succeededFiles: job.counts.succeededFiles,
            failedFiles: job.counts.failedFiles,
            rows: job.counts.rows
        )
        let place = specification.output
        output =
            job.state == .completed
            ? Output(path: place.location.description, folder: place.folder, file: place.file) : nil
        schedule = run.map { Run(name: $0.schedule, run: $0.number) }
    }

    /// The body of a webhook.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The variables of a command; the executor adds the workspace's.
    package var variables: [String: String] {
        [
            "BATCHSTUDIO_DELIVERY": delivery, "BATCHSTUDIO_EVENT": event.rawValue, "BATCHSTUDIO_JOB": job.name,
            "BATCHSTUDIO_STATUS": job.status, "BATCHSTUDIO_CAUSE": job.cause ?? "",
            "BATCHSTUDIO_ENDPOINT": job.endpoint, "BATCHSTUDIO_DEPLOYMENT": job.deployment,
            "BATCHSTUDIO_FILES": counts.files.map(String.init) ?? "",
            "BATCHSTUDIO_SUCCEEDED_FILES": String(counts.succeededFiles),
            "BATCHSTUDIO_FAILED_FILES": String(counts.failedFiles), "BATCHSTUDIO_ROWS": String(counts.rows),
            "BATCHSTUDIO_OUTPUT": output.map { $0.file ?? $0.folder } ?? "",
            "BATCHSTUDIO_SCHEDULE": schedule?.name ?? "", "BATCHSTUDIO_RUN": schedule.map { String($0.run) } ?? "",
        ]
    }
}
