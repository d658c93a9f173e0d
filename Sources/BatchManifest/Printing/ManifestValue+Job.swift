package import BatchDomain

extension ManifestValue {
    /// A job as `az ml job show` prints it, with its exact counts.
    package init(_ job: Job) {
        let specification = job.specification
        self = .mapping(
            [
                Entry("id", .string("jobs/\(job.name)")),
                Entry("name", .string(job.name)),
                Entry("display_name", .string(job.displayName)),
                Entry("experiment_name", .string(job.experimentName)),
                Entry("type", "pipeline"),
                Entry("status", .string(job.state.rawValue)),
                Entry("cause", ManifestValue(job.cause)),
                Entry("retry_of", ManifestValue(job.retryOf)),
                Entry("notes", .list(job.notes.map { .string($0) })),
                Entry("drift", job.drift.map { ManifestValue($0) } ?? .null),
                Entry("description", .string(job.description)),
                Entry("tags", ManifestValue(job.tags)),
                Entry("properties", [:]),
                Entry("endpoint_name", .string(specification.endpointName)),
                Entry("deployment_name", .string(specification.deploymentName)),
                Entry("model", .string(specification.model.description)),
                Entry("compute", .string("azureml:" + specification.compute)),
                Entry("inputs", ["input": ManifestValue(specification.input)]),
                Entry("outputs", ["score": ManifestValue(specification.output)]),
                Entry("settings", ManifestValue(settings: specification.settings)),
            ] + ManifestValue.entries(of: specification.hooks) + [
                Entry("counts", ManifestValue(job.counts)),
                Entry("start_time", ManifestValue(job.startedAt)),
                Entry("end_time", ManifestValue(job.endedAt)),
                Entry("creation_context", ManifestValue(createdAt: job.createdAt)),
            ]
        )
    }

    /// A job as `az ml batch-endpoint invoke` prints it.
    package init(invoked job: Job) {
        self = [
            "id": .string("jobs/\(job.name)"), "name": .string(job.name), "type": "pipeline",
            "status": .string(job.state.rawValue),
        ]
    }

    private init(_ input: JobInput) {
        let isNewOnly = input.isNewOnly.map { [Entry("new_only", .bool($0))] } ?? []
        self = .mapping(
            [Entry("type", .string(input.kind.rawValue)), Entry("path", .string(input.reference.description))]
                + isNewOnly
        )
    }

    private init(_ output: JobOutput) {
        let path = output.location.description
        self = [
            "type": output.fileName == nil ? "uri_folder" : "uri_file",
            "path": .string(output.fileName.map { path + "/" + $0 } ?? path),
        ]
    }

    private init(_ counts: JobCounts) {
        self = [
            "mini_batches": counts.miniBatches.map { .int($0) } ?? .null,
            "done_mini_batches": .int(counts.doneMiniBatches),
            "failed_mini_batches": .int(counts.failedMiniBatches),
            "files": counts.files.map { .int($0) } ?? .null,
            "succeeded_files": .int(counts.succeededFiles),
            "failed_files": .int(counts.failedFiles),
            "rows": .int(counts.rows),
            "bytes": .int(counts.bytes),
        ]
    }
}
