import BatchDomain
import StudioCore

extension Studio {
    /// Everything in the workspace that has a page, but jobs.
    func objects() async throws -> [StudioObject] {
        var found: [StudioObject] = []
        for endpoint in try await endpoints() {
            found.append(StudioObject("endpoint", endpoint.name, .endpoint(endpoint.name)))
            for deployment in try await deployments(of: endpoint.name) {
                let name = "\(endpoint.name) › \(deployment.name)"
                let memory = PageMemory(selection: deployment.name, tab: EndpointPage.Tab.deployments.rawValue)
                found.append(StudioObject("deployment", name, .endpoint(endpoint.name), memory: memory))
            }
        }
        found += try await models(named: nil, .active).map { StudioObject("model", $0.name, .model($0.id)) }
        found += try await dataAssets(named: nil, .active).map { StudioObject("data", $0.name, .dataAsset($0.id)) }
        found += try await environments(named: nil, .active).map {
            StudioObject("environment", $0.name, .environment($0.id))
        }
        found += try await computeTargets().map { StudioObject("compute", $0.name, .computeTarget($0.name)) }
        found += try await schedules().map { StudioObject("schedule", $0.name, .schedule($0.name)) }
        found += try await datastores().map { StudioObject("datastore", $0.name, .datastore($0.name)) }
        return found
    }

    /// The newest jobs with these words in their names or their state.
    func jobObjects(_ text: String) async throws -> [StudioObject] {
        let listing = JobListing(filter: text, visibility: .all, limit: StudioObject.jobCount)
        return try await jobSlice(listing).jobs.map { StudioObject($0) }
    }
}
