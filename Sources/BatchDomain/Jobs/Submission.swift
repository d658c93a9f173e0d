/// A job that was submitted, now or before by the same call.
package struct Submission: Equatable, Sendable {
    /// The job.
    package var job: Job
    /// True when this call has made it; false where a job of the name has been submitted with the same values.
    package var isNew: Bool

    package init(job: Job, isNew: Bool) {
        self.job = job
        self.isNew = isNew
    }
}
