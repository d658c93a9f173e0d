import BatchDomain
import FoundationEssentials
import StudioCore

extension Studio {
    /// The content of the home page but the disk.
    func homeContent() async throws -> HomeContent {
        let endpoints = try await endpointOverviews()
        return HomeContent(
            unfinished: try await unfinishedJobs(limit: HomeContent.jobCount),
            troubled: try await troubledJobs(limit: HomeContent.jobCount),
            endpoints: HomeContent.byLastUse(endpoints),
            hasModels: try await !models(named: nil, .active).isEmpty,
            hasJobs: try await jobSlice(JobListing(visibility: .all, limit: 1)).total > 0
        )
    }
}
