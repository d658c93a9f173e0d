import BatchDomain

extension Route {
    /// A new page for this place.
    func makePage() -> any Page {
        switch self {
        case .section(.endpoints): EndpointsPage()
        case .section(.jobs): JobsPage()
        case .endpoint(let name): EndpointPage(name)
        case .section(let section): UnbuiltPage(route: self, title: section.title)
        case .editEndpoint(let name), .computeTarget(let name), .job(let name):
            UnbuiltPage(route: self, title: name)
        case .model(let id), .dataAsset(let id), .environment(let id):
            UnbuiltPage(route: self, title: "\(id.name):\(id.version)")
        case .registerModel: UnbuiltPage(route: self, title: "Register model")
        case .registerData: UnbuiltPage(route: self, title: "Register data asset")
        case .createEnvironment: UnbuiltPage(route: self, title: "Create environment")
        case .createCompute: UnbuiltPage(route: self, title: "Create compute target")
        case .output(_, let file): UnbuiltPage(route: self, title: file)
        case .failure: UnbuiltPage(route: self, title: "Traceback")
        case .errorLog: UnbuiltPage(route: self, title: "Error log")
        case .createEndpoint: UnbuiltPage(route: self, title: "Create endpoint")
        case .addDeployment: UnbuiltPage(route: self, title: "Add deployment")
        case .deployModel: UnbuiltPage(route: self, title: "Deploy to batch endpoint")
        case .createJob, .cloneJob: UnbuiltPage(route: self, title: "Create job")
        }
    }
}
