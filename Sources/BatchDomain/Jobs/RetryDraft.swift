/// The parameters to score the failed files of a job again.
package struct RetryDraft: Equatable, Sendable {
    /// The job whose files failed.
    package var jobName: String
    /// The folder for the complete output; nil takes the default datastore's folder named by the new job, or the old job's
    /// place where that is a chosen one and free.
    package var output: DatastorePath?
    /// Settings in place of the old job's; those that decide what a mini-batch is, or how a row names its file, can't be
    /// among them.
    package var overrides: SettingsOverrides
    /// The caller's variables of ``JobVariables``; nil leaves the executor's.
    package var variables: [String: String]?

    package init(jobName: String, output: DatastorePath? = nil, overrides: SettingsOverrides = SettingsOverrides()) {
        self.jobName = jobName
        self.output = output
        self.overrides = overrides
    }
}
