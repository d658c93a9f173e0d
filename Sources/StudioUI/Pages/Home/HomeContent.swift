import BatchDomain
import FoundationEssentials

/// What the home page shows of the workspace.
struct HomeContent: Equatable, Sendable {
    /// Jobs that run, then those that wait.
    var unfinished: [JobOverview]
    /// The last jobs that failed or that have failed files, the newest first.
    var troubled: [JobOverview]
    /// The endpoints, the one used last first.
    var endpoints: [EndpointOverview]
    var hasModels: Bool
    var hasJobs: Bool

    /// Maximum jobs of a kind.
    static let jobCount = 50

    /// True once a job can be started.
    var hasDeployments: Bool { endpoints.contains { $0.deployments > 0 } }
    /// True while the steps to the first job are not all done.
    var isNew: Bool { !hasModels || !hasDeployments || !hasJobs }

    /// The rows that the cursor can stand on, in their order.
    var targets: [HomeTarget] {
        let steps = isNew ? HomeStep.allCases.map { HomeTarget.step($0) } + (hasModels ? [] : [.sample]) : []
        return steps + unfinished.map { .job($0.name) } + shownTroubled.map { .job($0.name) }
            + endpoints.map { .endpoint($0.endpoint.name) }
    }

    /// The failures that are shown: a few, so that the endpoints below them are seen too.
    var shownTroubled: ArraySlice<JobOverview> { troubled.prefix(5) }

    /// Orders endpoints by their last job, those without one by their creation.
    static func byLastUse(_ endpoints: [EndpointOverview]) -> [EndpointOverview] {
        func date(_ row: EndpointOverview) -> Date { row.lastJob?.createdAt ?? row.endpoint.createdAt }
        return endpoints.sorted { (date($1), $0.endpoint.name) < (date($0), $1.endpoint.name) }
    }
}
