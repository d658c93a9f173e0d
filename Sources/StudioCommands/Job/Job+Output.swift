import BatchDomain
import BatchManifest
import Foundation

extension Output {
    /// A job with the steps of its life, its workers, and what its folder holds for `resume` and `retry-failed`.
    init(
        _ job: Job,
        transitions: [JobTransition],
        workers: [WorkerStatus] = [],
        keptBytes: Int? = nil,
        deliveries: [Delivery] = [],
        run: ScheduleRun? = nil
    ) {
        self.init(
            ManifestValue(
                shown: job,
                transitions: transitions,
                workers: workers,
                keptBytes: keptBytes,
                deliveries: deliveries,
                run: run
            ),
            columns: Self.jobColumns
        )
    }

    /// Jobs.
    init(_ jobs: [Job]) {
        self.init(list: jobs.map { ManifestValue(shown: $0, transitions: []) }, columns: Self.jobColumns)
    }

    /// A job that was just started or canceled.
    init(invoked job: Job) {
        self.init(
            ManifestValue(invoked: job),
            columns: [TableColumn("Name", "name"), TableColumn("Type", "type"), TableColumn("Status", "status")]
        )
    }

    private static let jobColumns = [
        TableColumn("Name", "name"), TableColumn("Display name", "display_name"), TableColumn("Status", "status"),
        TableColumn("Endpoint", "endpoint_name"),
        TableColumn("Deployment", "deployment_name"), TableColumn("Files", "batchstudio.counts.files"),
        TableColumn("Failed", "batchstudio.counts.failed_files"),
        TableColumn("Drift", "batchstudio.drift.level", words: ["none": "", "note": "~", "warning": "~ warning"]),
        TableColumn("Submitted", "creation_context.created_at"),
    ]
}

extension ManifestValue {
    /// A job under Azure's keys, and what only batchstudio knows of it under `batchstudio`.
    fileprivate init(
        shown job: Job,
        transitions: [JobTransition],
        workers: [WorkerStatus] = [],
        keptBytes: Int? = nil,
        deliveries: [Delivery] = [],
        run: ScheduleRun? = nil
    ) {
        let entries = ManifestValue(job).entries ?? []
        let own = ["cause", "retry_of", "notes", "drift", "counts"]
        self = .mapping(
            entries.filter { !own.contains($0.key) } + [
                Entry("services", ["Studio": ["type": "Studio", "endpoint": .string(job.address)]]),
                Entry(
                    "batchstudio",
                    .mapping(
                        entries.filter { own.contains($0.key) } + Self.entries(of: run) + [
                            Entry("output_folder", .string(job.specification.output.folder)),
                            Entry("kept_bytes", keptBytes.map { .int($0) } ?? .null),
                            Entry("timings", ManifestValue(timings: job, transitions)),
                        ] + (workers.isEmpty ? [] : [Entry("workers", .list(workers.map { ManifestValue($0) }))])
                            + (deliveries.isEmpty
                                ? [] : [Entry("deliveries", .list(deliveries.map { ManifestValue($0) }))])
                    )
                ),
            ]
        )
    }

    /// The run of a schedule that has started a job; nothing where a user has.
    private static func entries(of run: ScheduleRun?) -> [Entry] {
        run.map { [Entry("schedule", ["name": .string($0.schedule), "run": .int($0.number)])] } ?? []
    }

    /// A worker at this moment.
    private init(_ worker: WorkerStatus) {
        self = [
            "worker": .int(worker.worker), "pid": .int(worker.pid), "activity": .string(worker.activity),
            "mini_batch": worker.miniBatch.map { .int($0) } ?? .null, "file": worker.file.map { .string($0) } ?? .null,
            "gpus": worker.gpus.map { .string($0) } ?? .null, "node": worker.node.map { .string($0) } ?? .null,
        ]
    }

    /// Seconds from submission to the end, and those spent in each state in the order of entering it.
    private init(timings job: Job, _ transitions: [JobTransition]) {
        func seconds(_ start: Date, _ end: Date) -> ManifestValue {
            .double((end.timeIntervalSince(start) * 1000).rounded() / 1000)
        }
        let ends = transitions.dropFirst().map(\.at)
        self = .mapping(
            [Entry("total_seconds", job.endedAt.map { seconds(job.createdAt, $0) } ?? .null)]
                + zip(transitions, ends).map { step, end in
                    Entry(step.state.rawValue.lowercased() + "_seconds", seconds(step.at, end))
                }
        )
    }
}

extension Job {
    /// The address of the job, where Azure has that of a page in its studio.
    var address: String { "batchstudio://jobs/\(name)" }
}
