/// Where the keyboard is.
///
/// A page names several, the innermost first.
enum KeyContext: String, CaseIterable, Sendable {
    case everywhere
    /// Any table.
    case table
    /// A list whose rows can be marked, with a preview of the selected one.
    case list
    /// Any page with tabs.
    case tabs
    /// Any text to read.
    case text
    /// A log that is followed.
    case log
    /// A form to fill in.
    case form
    case home
    case endpoints, endpoint, deployments, deploymentTest, runs
    case models, model
    case data, dataAsset, dataPreview
    case environments, environment
    case computeTargets, computeTarget
    case datastores, datastore, datastoreFiles
    case schedules, schedule
    case jobs, job, failures, failure, outputs, output
    /// The rows of a job's output, and one of them.
    case results, resultRow
    /// The first tab of a job.
    case jobOverview
    case miniBatch
    /// A wizard.
    case wizard
    /// The last step of a wizard.
    case review

    /// How it is called in the list of keys.
    var title: String {
        switch self {
        case .everywhere: "Everywhere"
        case .table: "Tables"
        case .list: "Lists"
        case .tabs: "Tabs"
        case .text: "Text"
        case .log: "Log"
        case .form: "Forms"
        case .home: "Home"
        case .endpoints: "Endpoints"
        case .endpoint: "Endpoint"
        case .deployments: "Deployments of an endpoint"
        case .deploymentTest: "A deployment tested on one file"
        case .runs: "Runs of an endpoint"
        case .models: "Models"
        case .model: "Model"
        case .data: "Data"
        case .dataAsset: "Data asset"
        case .dataPreview: "Preview of data"
        case .environments: "Environments"
        case .environment: "Environment"
        case .computeTargets: "Compute"
        case .computeTarget: "Compute target"
        case .datastores: "Datastores"
        case .datastore: "Datastore"
        case .datastoreFiles: "Files of a datastore"
        case .schedules: "Schedules"
        case .schedule: "Schedule"
        case .jobs: "Jobs"
        case .job: "Job"
        case .jobOverview: "Overview of a job"
        case .miniBatch: "Mini-batch of a job"
        case .failures: "Errors of a job"
        case .failure: "Traceback"
        case .outputs: "Outputs of a job"
        case .output: "Output file"
        case .results: "Results of a job"
        case .resultRow: "Row of the results"
        case .wizard: "Wizards"
        case .review: "Review of a wizard"
        }
    }
}
