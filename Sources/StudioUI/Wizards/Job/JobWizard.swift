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
    /// True when the job that is cloned has been read.
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
        let job = clonedJob.map { [Query.job($0)] } ?? []
        return job + (draft.endpoint.isEmpty ? [] : [.endpoint(draft.endpoint)]) + [
            .data(.active), .datastores, .compute,
        ]
    }

    mutating func receive(_ content: Content) {
        switch content {
        case .job(let content): fill(from: content.job)
        case .endpoint(let endpoint, let deployments):
            (self.endpoint, self.deployments) = (endpoint, deployments)
            if draft.deployment.isEmpty { draft.deployment = endpoint.defaultDeployment ?? "" }
        case .data(let assets): self.assets = assets
        case .datastores(let datastores): self.datastores = datastores
        case .compute(let targets): compute = targets
        case .dataPreview(let request, let preview): check.receive(request, preview)
        default: break
        }
    }

    /// Takes over what a job did; its output place is taken, so the clone has a new one.
    private mutating func fill(from job: Job) {
        guard !isFilled, draft.endpoint.isEmpty else { return }
        isFilled = true
        let specification = job.specification
        draft.endpoint = specification.endpointName
        draft.deployment = specification.deploymentName
        var overrides = specification.overrides
        overrides.readOptions = nil
        draft.isOverriding = !overrides.isEmpty
        draft.settings = TypedSettings(specification.overrides)
        draft.tags = job.tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        draft.kind = .given(specification.input.kind)
        if let isRecursive = specification.input.isRecursive { draft.recursion = isRecursive ? .yes : .no }
        switch specification.input.reference {
        case .asset(let reference):
            draft.source = .asset
            draft.asset = String(reference.description.dropFirst("azureml:".count))
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

    mutating func refuse(_ failure: Failure) -> WizardProblem? {
        if let problem = failure.problems.first {
            let step = step(of: problem.field)
            // The use case has one field for the input, the form one for each source.
            let field = problem.field == "input" ? inputField : problem.field
            return WizardProblem(step: step.rawValue, field: field, text: problem.description)
        }
        switch failure.code {
        case .file, .notFound: return WizardProblem(step: Step.data.rawValue, field: inputField, text: failure.text)
        case .alreadyExists:
            return WizardProblem(step: Step.output.rawValue, field: "output", text: failure.text)
        default: return nil
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
