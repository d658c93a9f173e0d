import BatchDomain
import TerminalKit

/// *Create job*, also as a clone of another job with other settings.
struct JobWizard: Wizard {
    enum Step: Int, CaseIterable {
        case deployment, data, output, review
    }

    let route: Route
    let title: String
    var draft = JobAnswers()
    /// The choices; nil while they are loading.
    var endpoint: Endpoint?
    var deployments: [Deployment]?
    var assets: [DataAsset]?
    var datastores: [Datastore] = []
    var compute: [ComputeTarget] = []
    /// The result of checking the input against the model.
    var check = InputCheck()
    /// The deployment that was chosen where the wizard was opened.
    private let preset: String?
    /// The endpoint's last job, or the one that is cloned; nil until it is known.
    private(set) var lastJob: Job?
    private var lastName: String?
    /// True when the input of the last job, or the job that is cloned, has been taken over.
    private var isFilled = false

    /// Makes the wizard of a route.
    init(_ route: Route) {
        self.route = route
        switch route {
        case .createJob(let endpoint, let deployment):
            title = "Create job"
            preset = deployment
            draft.endpoint = endpoint
            draft.deployment = deployment ?? ""
        default:
            title = "Clone job"
            preset = nil
        }
    }

    let steps = ["Deployment", "Data source", "Output location", "Review"]

    private var clonedJob: String? {
        guard case .cloneJob(let name) = route else { return nil }
        return name
    }

    var draftKey: String { clonedJob.map { "draft.cloneJob.\($0)" } ?? "draft.createJob.\(draft.endpoint)" }

    var queries: [Query] {
        let job = (clonedJob ?? lastName).map { [Query.job($0)] } ?? []
        let last = clonedJob == nil ? [Query.jobs(Self.lastJobs(of: draft.endpoint))] : []
        return job + (draft.endpoint.isEmpty ? [] : [.endpoint(draft.endpoint)]) + last + [
            .dataVersions, .datastores, .compute,
        ]
    }

    /// The listing of an endpoint's last job.
    static func lastJobs(of endpoint: String) -> JobListing { JobListing(endpointName: endpoint, limit: 1) }

    mutating func receive(_ content: Content) {
        switch content {
        case .job(let content) where content.job.name == clonedJob: fill(from: content.job)
        case .job(let content) where content.job.name == lastName:
            lastJob = content.job
            offerLastInput()
        case .jobs(Self.lastJobs(of: draft.endpoint), let slice): lastName = slice.jobs.first?.name
        case .endpoint(let endpoint, let deployments):
            (self.endpoint, self.deployments) = (endpoint, deployments)
            if draft.deployment.isEmpty { draft.deployment = endpoint.defaultDeployment ?? "" }
        case .data(let assets):
            self.assets = assets
            offerLastInput()
        case .datastores(let datastores): self.datastores = datastores
        case .compute(let targets): compute = targets
        case .dataPreview(let request, let preview): check.receive(request, preview)
        default: break
        }
    }

    /// Takes over what a job did; its output place is taken, so the clone has a new one.
    private mutating func fill(from job: Job) {
        guard !isFilled, draft.endpoint.isEmpty else { return }
        (isFilled, lastJob) = (true, job)
        let specification = job.specification
        draft.endpoint = specification.endpointName
        draft.deployment = specification.deploymentName
        draft.displayName = DisplayName.isGenerated(job.displayName) ? "" : job.displayName
        var overrides = specification.overrides
        overrides.readOptions = nil
        draft.isOverriding = !overrides.isEmpty
        draft.settings = TypedSettings(specification.overrides)
        draft.tags = job.tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        takeInput(of: specification.input)
    }

    /// Offers the input of the endpoint's last job, once, where none was chosen.
    private mutating func offerLastInput() {
        guard !isFilled, let lastJob, let assets, !draft.hasInput else { return }
        isFilled = true
        let input = lastJob.specification.input
        if case .asset(let reference) = input.reference {
            guard assets.contains(where: { $0.id.short == Self.short(reference) }) else { return }
        }
        takeInput(of: input)
    }

    private static func short(_ reference: AssetReference) -> String {
        String(reference.description.dropFirst("azureml:".count))
    }

    /// The data asset that the endpoint's last job scored.
    var lastAsset: String? {
        guard case .asset(let reference)? = lastJob?.specification.input.reference else { return nil }
        return Self.short(reference)
    }

    private mutating func takeInput(of input: JobInput) {
        draft.kind = .given(input.kind)
        if let isRecursive = input.isRecursive { draft.recursion = isRecursive ? .yes : .no }
        switch input.reference {
        case .asset(let reference):
            draft.source = .asset
            draft.asset = Self.short(reference)
        case .datastore(let path):
            draft.source = .datastore
            (draft.datastore, draft.datastorePath) = (path.datastore, path.path)
        case .url(let address):
            draft.source = .url
            draft.url = address
        case .local(let path):
            draft.source = .local
            draft.localPath = path
        }
    }

    var verb: String { "Start job" }

    func open(_ outcome: Outcome) -> [Request] {
        guard case .job(let job) = outcome else { return [.back] }
        return [.say(Toast("Job \(job.displayName) is queued.", role: .success)), .replace(.job(job.name))]
    }

    func check(of step: Int) -> DraftCheck? {
        var invocation = invocation
        // What other steps ask for is theirs to check: another display name does not make the input unchecked.
        (invocation.displayName, invocation.tags) = (nil, [:])
        switch Step(rawValue: step) {
        case .data:
            invocation.output = nil
            return .job(invocation)
        case .output where draft.place == .chosen: return .job(invocation)
        default: return nil
        }
    }

    func problems(of failure: Failure) -> [WizardProblem] {
        if !failure.problems.isEmpty {
            return failure.problems.map { problem in
                // The use case has one field for the input, the form one for each source.
                let field = problem.field == "input" ? inputField : problem.field
                return WizardProblem(step: step(of: problem.field).rawValue, field: field, text: problem.studioText)
            }
        }
        switch failure.code {
        case .file, .notFound: return [WizardProblem(step: Step.data.rawValue, field: inputField, text: failure.text)]
        case .alreadyExists:
            let field = draft.place == .chosen ? "output" : "place"
            return [WizardProblem(step: Step.output.rawValue, field: field, text: failure.text)]
        default: return []
        }
    }
}

// MARK: What was chosen

extension JobWizard {
    /// The chosen deployment, once the endpoint is known.
    var deployment: Deployment? { deployments?.first { $0.name == draft.deployment } }

    /// The job's settings without overrides.
    var base: DeploymentSettings { deployment?.settings ?? DeploymentSettings() }

    /// The field that the input stands in.
    var inputField: String { "input." + draft.source.rawValue }
}
