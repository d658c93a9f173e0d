import BatchDomain
import FoundationEssentials

/// What the workspace says of a deletion before it is asked for.
struct DeletionPlan: Equatable, Sendable {
    let deletion: Deletion
    /// The names of the deployments that go with an endpoint.
    let deployments: [String]
    /// The names of the schedules that have no endpoint then.
    let schedules: [String]
    /// Why it would be refused; nil when nothing is against it.
    let refusal: String?

    init(
        _ deletion: Deletion,
        deployments: [Deployment] = [],
        users: [Deployment] = [],
        jobs: [JobOverview] = [],
        user: String? = nil,
        schedules: [Schedule] = []
    ) {
        self.deletion = deletion
        self.schedules = schedules.map(\.name)
        self.deployments = deployments.map(\.name)
        if let user = users.first {
            let others = users.count > 1 ? " and \(users.count - 1) more" : ""
            refusal = "\(deletion.name) is in use: deployment \(user.name) of \(user.endpointName)\(others)."
        } else if let job = jobs.first {
            refusal = "\(deletion.name) is in use: job \(job.title) is \(job.state.words). Cancel it or wait for it."
        } else if let user {
            refusal = "\(deletion.name) is in use: \(user)."
        } else {
            refusal = nil
        }
    }

    /// What goes and what stays.
    var text: String {
        switch deletion {
        case .endpoint(let name):
            let list = deployments.isEmpty ? "it has no deployments" : deployments.joined(separator: ", ")
            let stops =
                schedules.isEmpty
                ? "" : "\nStops: " + DeletionQuestion.list(schedules.map { "the schedule " + $0 }, indent: 7)
            return """
                Goes:  the endpoint \(name)
                       its \(Figures.count(deployments.count, "deployment")): \(list)\(stops)
                Stays: its jobs, their logs and their output
                       models, data, environments and compute
                """
        case .deployment(let name, let endpoint):
            return """
                Goes:  the deployment \(name)
                       of \(endpoint), with its settings
                Stays: the endpoint and its other deployments
                       its model
                       its jobs, their logs and their output
                """
        case .asset(.model, let id):
            return """
                Goes:  version \(id.version) and its files in the workspace;
                       canceled jobs with it can't be resumed
                Stays: the folder it was registered from
                       other versions of \(id.name)
                       jobs it scored, their logs and output
                """
        case .asset(.data, let id):
            return """
                Goes:  version \(id.version), the name for the data
                Stays: the data itself, where it is
                       other versions of \(id.name)
                       jobs that read it, their output
                """
        case .asset(.environment, let id):
            return """
                Goes:  version \(id.version), its list of packages
                Stays: other versions of \(id.name)
                       jobs that ran in it, their output
                """
        case .datastore(let name):
            return """
                Goes:  the datastore \(name), its address and secrets
                Stays: all files in it
                """
        case .schedule(let name):
            return """
                Goes:  the schedule \(name) and its history
                Stays: its jobs, their logs and their output
                       a job that runs keeps running
                """
        case .compute(let name):
            return """
                Goes:  the compute target \(name)
                Stays: everything else
                """
        }
    }
}
