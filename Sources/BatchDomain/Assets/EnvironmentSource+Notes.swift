extension EnvironmentSource {
    /// Notes for the log of a job: the lines that are left out, a sentence a reason, and the file that this one replaces.
    package var notes: [String] {
        let replaced = standsInFor.map { "\(file) is used: the MLmodel file names \($0), which does not exist." }
        let reasons = leftOut.map(\.reason).reduce(into: [LeftOutLine.Reason]()) { found, reason in
            if !found.contains(reason) { found.append(reason) }
        }
        return [replaced].compactMap { $0 }
            + reasons.map { reason in
                let lines = leftOut.filter { $0.reason == reason }.map(\.text).joined(separator: ", ")
                return "Left out, since \(reason.clause): \(lines) (\(file))."
            }
    }
}
