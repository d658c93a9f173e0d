import BatchDomain

/// Jobs that read only the first rows of their input: which rows those are is known once the files are counted, in input order.
extension JobSpecification {
    /// Checks that the rows can be counted before anything is scored.
    ///
    /// - Throws: ``StudioError`` when the input is remote: its files are fetched while others are scored.
    func checkTake() throws {
        guard let take = settings.take else { return }
        if input.isNewOnly == true {
            throw StudioError(
                .invalidState,
                "The first \(take) rows can't be taken (read_options.take) of what is new (new_only): files of which only some rows "
                    + "were scored would never be scored whole.",
                advice: "Leave one of them out."
            )
        }
        guard input.remote != nil else { return }
        throw StudioError(
            .invalidState,
            "The first \(take) rows of a remote input can't be taken (read_options.take): its files are fetched while others are "
                + "scored, but the rows of all are counted before.",
            advice: "Leave take out, or copy the files here and give their folder as the input."
        )
    }
}

extension DeploymentSettings {
    fileprivate var take: Int? { if case .number(let take)? = readOptions?[.take] { take } else { nil } }

    /// Checks that the failed files of a job can be scored alone.
    ///
    /// - Throws: ``StudioError`` when the job reads the first rows only: a file that failed has no rows in the count, so that with its
    ///   rows other files would have fewer.
    func checkTakeAllowsRetry(of job: String) throws {
        guard let take else { return }
        throw StudioError(
            .invalidState,
            "The failed files of job \(job) can't be scored again alone: it reads the first \(take) rows of its input "
                + "(read_options.take), and which rows those are depends on all its files.",
            advice: "Score the input with a new job: batchstudio batch-endpoint invoke",
            inStudio: "Clone the job to score its input again."
        )
    }
}
