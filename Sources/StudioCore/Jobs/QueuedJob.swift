package import BatchDomain

/// The result of a use case that queues a job.
package struct QueuedJob: Equatable, Sendable {
    /// The job.
    package var job: Job
    /// True when this call created it; false where the same call has created it before.
    package var isNew: Bool
    /// Why no executor runs the job, which stays queued until one starts; the next command starts one.
    package var executorFailure: StudioError?
}
