import BatchDomain
import BatchManifest
import FoundationEssentials

extension ScheduleWizard {
    /// The parameters of its jobs, as far as they can be read.
    var invocation: Invocation {
        var invocation = job.invocation
        invocation.endpointName = draft.endpoint
        invocation.deploymentName = draft.deployment.isEmpty ? nil : draft.deployment
        invocation.isRecursive = nil
        return invocation
    }

    /// True when it starts when it is created.
    var startsNow: Bool { draft.start.isEmpty }

    /// The schedule, as far as it can be read; a form has no clock.
    var schedule: Schedule {
        let date = Date(timeIntervalSince1970: 0)
        return Schedule(
            name: draft.name,
            trigger: trigger ?? .recurrence(Recurrence(.day), .init(start: date)),
            job: invocation,
            overlap: draft.overlap,
            catchUp: draft.catchUp,
            createdAt: date,
            updatedAt: date
        )
    }

    var useCase: UseCase { .createSchedule(schedule, startsNow: startsNow) }

    var problems: [WizardProblem] { endpointProblems + inputProblems + timeProblems + nameProblems }

    private func problem(_ field: String, _ text: String) -> WizardProblem {
        WizardProblem(step: step(of: field).rawValue, field: field, text: text)
    }

    private var endpointProblems: [WizardProblem] {
        if draft.endpoint.isEmpty { return [problem("endpoint_name", "Choose the endpoint whose jobs it starts.")] }
        if let endpoints, !endpoints.contains(draft.endpoint) {
            let text = "There is no endpoint '\(draft.endpoint)' any more. Choose another one."
            return [problem("endpoint_name", text)]
        }
        guard let deployments = job.deployments else { return [] }
        if draft.deployment.isEmpty, job.endpoint?.defaultDeployment == nil {
            let text = "Endpoint '\(draft.endpoint)' has no default deployment. Choose a deployment, or add one."
            return [problem("deployment_name", text)]
        }
        if !draft.deployment.isEmpty, !deployments.contains(where: { $0.name == draft.deployment }) {
            let text = "Endpoint '\(draft.endpoint)' has no deployment '\(draft.deployment)'. Choose another one."
            return [problem("deployment_name", text)]
        }
        return []
    }

    /// The first problem of each field of the trigger.
    private var timeProblems: [WizardProblem] {
        var seen: Set<String> = []
        return triggerProblems.filter { seen.insert($0.field).inserted }.map { found in
            var found = found
            found.location = nil
            return problem(found.field, found.studioText)
        }
    }

    private var nameProblems: [WizardProblem] {
        if let found = NameRule.schedule.problems(in: draft.name).first {
            return [problem("name", found.studioText)]
        }
        guard names?.contains(draft.name) == true else { return [] }
        return [problem("name", "There is a schedule '\(draft.name)' already. Choose another name.")]
    }

    /// The file of the schedule, and the command that takes it.
    var script: String {
        let file = ShellWords.quoted("\(draft.name).yml")
        let keys = ["name", "trigger", "create_job", "overlap", "catch_up"]
        let entries = (ManifestValue(schedule).entries ?? []).filter { keys.contains($0.key) }.map { entry in
            guard entry.key == "trigger", startsNow else { return entry }
            return ManifestValue.Entry("trigger", entry.value.without("start_time"))
        }
        let yaml = ManifestValue.mapping(entries).maskingSecrets.yaml
        return ShellText.file(file, yaml) + "\nbatchstudio schedule create --file \(file)"
    }
}

extension ManifestValue {
    /// The mapping without a key.
    fileprivate func without(_ key: String) -> ManifestValue {
        entries.map { .mapping($0.filter { $0.key != key }) } ?? self
    }
}
