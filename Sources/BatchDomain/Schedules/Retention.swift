package import FoundationEssentials

/// How long the jobs of a schedule stay.
package struct Retention: Equatable, Sendable, Codable {
    /// Maximum jobs; nil for any number.
    package var runs: Int?
    /// Maximum days since a job ended; nil for any.
    package var days: Int?
    /// True when the output files of deleted jobs are deleted too.
    package var outputs: Bool

    package init(runs: Int? = nil, days: Int? = nil, outputs: Bool = false) {
        self.runs = runs
        self.days = days
        self.outputs = outputs
    }

    /// The problems of the values.
    package func problems() -> [Problem] {
        func problem(_ name: String, _ value: Int?) -> Problem? {
            guard let value, !(1...100_000).contains(value) else { return nil }
            let rule = "must be a whole number from 1 to 100,000"
            return Problem(field: "keep.\(name)", value: String(value), rule: rule, example: "30")
        }
        let problems = [problem("runs", runs), problem("days", days)].compactMap { $0 }
        if runs != nil || days != nil { return problems }
        return [Problem(field: "keep", rule: "must have runs, days or both", example: "{runs: 30}")]
    }

    /// The jobs that have to go: those beyond the number, and those that ended too long ago.
    ///
    /// - Parameters:
    ///   - jobs: The jobs of the schedule, the newest first; an end is nil for one that has not ended.
    ///   - now: The time now.
    /// - Returns: Their names, the newest first.
    package func expired(_ jobs: [(name: String, endedAt: Date?)], at now: Date) -> [String] {
        jobs.enumerated().filter { place, job in
            guard let endedAt = job.endedAt else { return false }
            if let runs, place >= runs { return true }
            return days.map { now.timeIntervalSince(endedAt) > Double($0) * 86_400 } ?? false
        }.map(\.element.name)
    }
}
