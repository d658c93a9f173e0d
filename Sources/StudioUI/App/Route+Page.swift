import BatchDomain

extension Route {
    /// A new page for this place.
    func makePage() -> any Page {
        switch self {
        case .section(.home): HomePage()
        case .section(.endpoints): ListPage(ListNoun<EndpointOverview>.endpoints)
        case .section(.models): ListPage(ListNoun<Model>.models)
        case .section(.data): ListPage(ListNoun<DataAsset>.data)
        case .section(.environments): ListPage(ListNoun<EnvironmentAsset>.environments)
        case .section(.compute): ListPage(ListNoun<ComputeTarget>.compute)
        case .section(.datastores): ListPage(ListNoun<Datastore>.datastores)
        case .section(.schedules): ListPage(ListNoun<ScheduleOverview>.schedules)
        case .section(.jobs): JobsPage()
        case .endpoint(let name): EndpointPage(name)
        case .model(let id): DetailsPage(DetailsNoun<ModelContent>.model(id))
        case .dataAsset(let id): DetailsPage(DetailsNoun<DataAssetContent>.dataAsset(id))
        case .environment(let id): DetailsPage(DetailsNoun<EnvironmentContent>.environment(id))
        case .computeTarget(let name): DetailsPage(DetailsNoun<ComputeTargetContent>.computeTarget(name))
        case .datastore(let name): DetailsPage(DetailsNoun<DatastoreContent>.datastore(name))
        case .createDatastore: FormPage(CreateDatastoreForm())
        case .datastoreFiles(let place): DatastoreFilesPage(place)
        case .schedule(let name): SchedulePage(name)
        case .job(let name): JobPage(name)
        case .output(let job, let file): OutputPage(job: job, file: file)
        case .comparison(let first, let second): ComparisonPage(first: first, second: second)
        case .resultRow(let job, let row): ResultRowPage(job: job, row: row)
        case .miniBatch(let job, let id): MiniBatchPage(job: job, id: id)
        case .jobLog(let job, let time, let worker): JobLogPage(job: job, time: time, worker: worker)
        case .failure(let job, let miniBatch, let file):
            DetailsPage(DetailsNoun<FileFailure>.failure(job: job, miniBatch: miniBatch, file: file))
        case .editEndpoint(let name): FormPage(EditEndpointForm(name: name))
        case .testDeployment(let endpoint, let deployment):
            DeploymentTestPage(endpoint: endpoint, deployment: deployment)
        case .registerModel: FormPage(RegisterModelForm())
        case .previewData(let id): DataPreviewPage(id)
        case .registerData: FormPage(RegisterDataForm())
        case .createEnvironment: FormPage(CreateEnvironmentForm())
        case .createCompute: FormPage(CreateComputeForm())
        case .messages: MessagesPage()
        case .createEndpoint, .addDeployment, .editDeployment, .deployModel: WizardPage(DeploymentWizard(self))
        case .createJob, .cloneJob: WizardPage(JobWizard(self))
        case .createSchedule(let endpoint): WizardPage(ScheduleWizard(endpoint: endpoint))
        }
    }
}
