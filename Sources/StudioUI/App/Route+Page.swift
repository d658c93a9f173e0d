import BatchDomain

extension Route {
    /// A new page for this place.
    func makePage() -> any Page {
        switch self {
        case .section(.endpoints): EndpointsPage()
        case .section(.models): ModelsPage()
        case .section(.data): DataPage()
        case .section(.environments): EnvironmentsPage()
        case .section(.compute): ComputePage()
        case .section(.jobs): JobsPage()
        case .endpoint(let name): EndpointPage(name)
        case .model(let id): ModelPage(id)
        case .dataAsset(let id): DataAssetPage(id)
        case .environment(let id): EnvironmentPage(id)
        case .computeTarget(let name): ComputeTargetPage(name)
        case .job(let name): JobPage(name)
        case .output(let job, let file): OutputPage(job: job, file: file)
        case .failure(let job, let index): FailurePage(job: job, index: index)
        case .editEndpoint(let name): FormPage(EditEndpointForm(name: name))
        case .tryDeployment(let endpoint, let deployment): TrialPage(endpoint: endpoint, deployment: deployment)
        case .registerModel: FormPage(RegisterModelForm())
        case .previewData(let id): DataPreviewPage(id)
        case .registerData: FormPage(RegisterDataForm())
        case .createEnvironment: FormPage(CreateEnvironmentForm())
        case .createCompute: FormPage(CreateComputeForm())
        case .errorLog: ErrorLogPage()
        case .createEndpoint, .addDeployment, .deployModel: WizardPage(DeploymentWizard(self))
        case .createJob, .cloneJob: WizardPage(JobWizard(self))
        }
    }
}
