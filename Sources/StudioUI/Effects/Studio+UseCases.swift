import BatchDomain
import StudioCore

/// The result of a change of the workspace.
struct Performed {
    /// The result of the change.
    var outcome: Outcome
    /// Why no executor runs the job that the change queued; the job waits.
    var executorFailure: StudioError?
}

extension Studio {
    /// Makes the change that a page requests, and reports the steps that take time.
    func perform(_ useCase: UseCase, report: @escaping Report) async throws -> Performed {
        switch useCase {
        case .invoke(let invocation): performed(try await submit(invocation, typedBy: "input_type"))
        case .cancelJob(let name): performed(try await cancel(name))
        case .resumeJob(let name): performed(try await resume(name))
        case .retryFailed(let draft): performed(try await retryFailed(draft))
        case .triggerSchedule(let name): try await trigger(name)
        case .each(let changes): await perform(changes, report: report)
        default: Performed(outcome: try await outcome(of: useCase, report: report))
        }
    }

    private func perform(_ changes: [UseCase], report: @escaping Report) async -> Performed {
        var failures: [Failure] = []
        var executorFailure: StudioError?
        for change in changes {
            do {
                let performed = try await perform(change, report: report)
                executorFailure = executorFailure ?? performed.executorFailure
            } catch {
                failures.append(Failure(change.activity, error))
            }
        }
        let done = changes.count - failures.count
        return Performed(outcome: .each(done: done, failures: failures), executorFailure: executorFailure)
    }

    private func trigger(_ schedule: String) async throws -> Performed {
        guard let name = try await triggerSchedule(schedule).job else { return Performed(outcome: .deleted) }
        let job = try await job(name)
        do {
            try requireExecutor(for: job)
            return Performed(outcome: .job(job))
        } catch {
            return Performed(outcome: .job(job), executorFailure: error as? StudioError)
        }
    }

    private func performed(_ queued: QueuedJob) -> Performed {
        Performed(outcome: .job(queued.job), executorFailure: queued.executorFailure)
    }

    /// Makes a change that queues no job.
    private func outcome(of useCase: UseCase, report: @escaping Report) async throws -> Outcome {
        switch useCase {
        case .createEndpoint(let draft): return .endpoint(try await createEndpoint(draft))
        case .updateEndpoint(let draft): return .endpoint(try await updateEndpoint(draft))
        case .setDefaultDeployment(let name, let endpoint):
            return .endpoint(try await setDefaultDeployment(name, of: endpoint))
        case .setBaseline(let job, let endpoint): return .endpoint(try await setBaseline(job, of: endpoint))
        case .deploy(let draft, let setDefault): return .deployment(try await deploy(draft, setDefault: setDefault))
        case .updateDeployment(let draft): return .deployment(try await updateDeployment(draft))
        case .createEndpointAndDeploy(let endpoint, let deployment):
            return .deployment(try await createEndpointAndDeploy(endpoint, deployment))
        case .registerModel(let draft): return .model(try await registerModel(draft, report: report))
        case .registerData(let registration): return .data(try await registerData(registration))
        case .createEnvironment(let draft): return .environment(try await createEnvironment(draft))
        case .saveCompute(var target):
            // A form has no clock.
            target.createdAt = now()
            return .compute(try await saveCompute(target))
        case .createDatastore(var registration):
            registration.datastore.createdAt = now()
            return .datastore(try await saveDatastore(registration))
        case .deleteDatastore(let name): try await deleteDatastore(name)
        case .deleteEndpoint(let name): try await deleteEndpoint(name)
        case .deleteDeployment(let name, let endpoint): try await deleteDeployment(name, of: endpoint)
        case .deleteCompute(let name): try await deleteCompute(name)
        case .deleteAsset(let kind, let id): try await delete(kind, AssetReference(id))
        case .deleteJob(let name): try await deleteJob(name)
        case .archiveAsset(let kind, let name, let isArchived):
            try await setArchived(isArchived, kind, name, version: nil)
            return .archived
        case .archiveJob(let name, let isArchived):
            try await setArchived(isArchived, job: name)
            return .archived
        case .createSchedule(var schedule, let startsNow):
            let now = now()
            if startsNow { schedule.trigger = schedule.trigger.starting(at: now) }
            (schedule.createdAt, schedule.updatedAt) = (now, now)
            return .schedule(try await saveSchedule(schedule))
        case .setScheduleEnabled(let name, let isEnabled):
            return .schedule(try await setEnabled(isEnabled, schedule: name))
        case .deleteSchedule(let name): try await deleteSchedule(name)
        case .createSample: return .sample(endpoint: try await createSample(report: report).endpoint)
        case .invoke, .cancelJob, .resumeJob, .retryFailed, .triggerSchedule, .each:
            return try await perform(useCase, report: report).outcome
        }
        return .deleted
    }
}
