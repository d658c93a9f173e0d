import ArgumentParser
import BatchDomain
import StudioCore

/// How many of an endpoint's or a deployment's jobs a list shows.
struct JobPageOptions: ParsableArguments {
    @Option(name: [.customShort("r"), .long], help: "At most this many.")
    var maxResults: Int?

    @Flag(help: "All jobs, however many.")
    var allResults = false

    /// The newest jobs; says so when there are more.
    func jobs(_ filter: JobFilter, in studio: Studio, _ session: Session) async throws -> [Job] {
        if let maxResults, maxResults < 1 {
            throw BatchDomain.ValidationError(
                Problem(field: "--max-results", value: String(maxResults), rule: "must be a whole number, 1 or more")
            )
        }
        var filter = filter
        let limit = maxResults ?? 50
        filter.limit = allResults ? nil : limit + 1
        let jobs = try await studio.jobs(filter)
        guard !allResults, jobs.count > limit else { return jobs }
        if maxResults == nil { session.warn("These are the newest \(limit) jobs; --all-results lists all.") }
        return Array(jobs.prefix(limit))
    }
}
