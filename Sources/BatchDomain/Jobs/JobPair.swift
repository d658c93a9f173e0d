/// Two completed jobs that scored the same input by two deployments of an endpoint: comparing them shows what a change of the
/// default deployment would change.
package struct JobPair: Equatable, Sendable {
    /// The job of the deployment that is the default.
    package var first: Job
    /// The job of the deployment that may become it.
    package var second: Job

    package init(first: Job, second: Job) {
        self.first = first
        self.second = second
    }

    /// The newest pair among jobs of two deployments.
    ///
    /// - Parameters:
    ///   - first: Completed jobs of the default deployment, the newest first.
    ///   - second: Completed jobs of the other one, the newest first.
    /// - Returns: The newest job of the second deployment whose input the first scored too, with the first one's newest job
    ///   of that input; nil where there is none.
    package static func newest(among first: [Job], and second: [Job]) -> JobPair? {
        for candidate in second {
            if let match = first.first(where: { $0.specification.input.isSameData(as: candidate.specification.input) })
            {
                return JobPair(first: match, second: candidate)
            }
        }
        return nil
    }
}

extension JobInput {
    /// True when the other input reads the same files by the same patterns; what is in them may have changed in between.
    fileprivate func isSameData(as other: JobInput) -> Bool { place == other.place && patterns == other.patterns }
}
