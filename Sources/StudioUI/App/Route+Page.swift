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
        case .editEndpoint(let name), .job(let name): UnbuiltPage(route: self, title: name)
        case .registerModel: UnbuiltPage(route: self, title: "Register model")
        case .registerData: UnbuiltPage(route: self, title: "Register data asset")
        case .createEnvironment: UnbuiltPage(route: self, title: "Create environment")
        case .createCompute: UnbuiltPage(route: self, title: "Create compute target")
        case .output(_, let file): UnbuiltPage(route: self, title: file)
        case .failure: UnbuiltPage(route: self, title: "Traceback")
        case .errorLog: ErrorLogPage()
        case .createEndpoint: UnbuiltPage(route: self, title: "Create endpoint")
        case .addDeployment: UnbuiltPage(route: self, title: "Add deployment")
        case .deployModel: UnbuiltPage(route: self, title: "Deploy to batch endpoint")
        case .createJob, .cloneJob: UnbuiltPage(route: self, title: "Create job")
        }
    }
}
