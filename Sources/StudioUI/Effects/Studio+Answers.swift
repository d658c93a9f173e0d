import BatchDomain
import FoundationEssentials
import Glibc
import StudioCore
import TerminalKit

extension Studio {
    /// Answers a query of a page, and reports the steps that take time.
    func answer(_ query: Query, report: @escaping Report) async throws -> Content {
        switch query {
        case .status:
            let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
            return .status(
                StudioStatus(hasExecutor: hasExecutor, unfinished: try await unfinishedJobCounts(), cores: cores)
            )
        case .messages: return .messages([])
        // The runner's keeper has the texts.
        case .kept(let key): return .kept(key: key, nil)
        case .generatedScript: return .generatedScript(Self.generatedScript)
        case .deploymentTest(let endpoint, let deployment, let file):
            return .deploymentTest(try await testDeployment(deployment, of: endpoint, with: file, report: report))
        case .dataPreview(let request): return .dataPreview(request, try await previewData(request, report: report))
        case .draftCheck(let check): return .draftCheck(check, await failure(of: check))
        case .objects: return .objects(try await objects())
        case .jobObjects(let text): return .jobObjects(text, try await jobObjects(text))
        case .home: return .home(try await homeContent())
        case .diskUse: return .diskUse(await diskUse())
        case .endpoints: return .endpoints(try await endpointOverviews())
        case .endpoint(let name): return .endpoint(try await endpoint(name), try await deployments(of: name))
        case .trends(let name): return .trends(try await trends(of: name))
        case .comparableJobs(let name, let first, let second):
            return .comparableJobs(try await comparableJobs(of: name, first, second))
        case .endpointNames: return .endpointNames(try await endpoints().map(\.name))
        case .models(let visibility): return .models(try await models(named: nil, visibility))
        case .modelVersions: return .models(try await modelVersions())
        case .model(let id): return .model(try await modelContent(id))
        case .data(let visibility): return .data(try await dataAssets(named: nil, visibility))
        case .dataVersions: return .data(try await dataVersions())
        case .dataAsset(let id): return .dataAsset(try await dataContent(id))
        case .datastores: return .datastores(try await datastores())
        case .datastore(let name): return .datastore(try await datastoreContent(name))
        case .datastoreFiles(let place):
            let entries = try await entries(at: place, report: report)
            return .datastoreFiles(place, entries, folder: try await localFolder(of: place))
        case .datastoreTest(let name):
            let entries = try await entries(at: DatastorePath(datastore: name, path: ""), report: report)
            let folders = entries.count { $0.isFolder }
            return .datastoreTest(DatastoreTest(name: name, files: entries.count - folders, folders: folders))
        case .environments(let visibility):
            return .environments(try await environments(named: nil, visibility))
        case .environment(let id): return .environment(try await environmentContent(id))
        case .compute: return .compute(try await computeTargets())
        case .computeTarget(let name):
            return .computeTarget(try await computeContent(name))
        case .schedules: return .schedules(try await scheduleOverviews())
        case .schedule(let name): return .schedule(try await scheduleContent(name))
        case .scheduleRuns(let name):
            return .scheduleRuns(schedule: name, try await runOverviews(of: name, limit: ScheduleContent.maxRuns))
        case .endpointSchedules(let name): return .endpointSchedules(name, try await schedules(of: name))
        case .timeZones: return .timeZones(Self.timeZones, local: Self.localTimeZone)
        case .jobs(let listing): return .jobs(listing, try await jobSlice(listing))
        case .job(let name): return .job(try await jobContent(name))
        case .miniBatches(let job, let ranges):
            return .miniBatches(job: job, in: ranges, try await miniBatchRuns(of: job, in: ranges))
        case .speed(let job): return .speed(job: job, try await rowsPerSecond(of: job))
        case .failures(let job, let text, let offset, let limit):
            let filter = FailureFilter(text: text)
            let total = text.isEmpty ? nil : try await failureCount(of: job, filter)
            let found = try await failures(of: job, filter, limit: limit, offset: offset)
            return .failures(filter: text, offset: offset, total: total, found)
        case .firstFailures(let job, let limit): return .firstFailures(try await failures(of: job, limit: limit))
        case .failure(let job, let miniBatch, let file):
            return .failure(
                try await failures(of: job, FailureFilter(miniBatch: miniBatch, file: file), limit: 1).first
            )
        case .miniBatch(let job, let id): return .miniBatch(try await miniBatch(id, of: job))
        case .miniBatchAt(let job, let time, let worker):
            let date = Date(timeIntervalSince1970: Double(time) / 1000)
            return .miniBatchAt(job: job, try await miniBatch(at: date, worker: worker, of: job))
        case .miniBatchTimes(let job): return .miniBatchTimes(job: job, try await miniBatchTimes(of: job))
        case .jobLog(let request): return .jobLog(request, try await log(request))
        case .outputs(let job):
            return .outputs(try await outputFiles(of: job))
        case .jobsNamed(let names): return .jobsNamed(try await jobOverviews(named: names))
        case .deletions(let deletions):
            var plans: [DeletionPlan] = []
            for deletion in deletions { plans.append(try await plan(of: deletion)) }
            return .deletions(plans)
        case .jobNames(let listing): return .jobNames(listing, try await jobNames(listing))
        case .selection(let subject): return .selection(try await previewContent(subject))
        case .results(let job, let offset, let limit):
            return .results(try await outputRows(of: job, from: offset, count: limit))
        case .profile(let job): return .profile(try await profile(of: job))
        case .resultMatch(let job, let text, let row, let isForward):
            let found = try await findRow(of: job, with: text, from: row, isForward: isForward)
            return .resultMatch(text: text, found)
        case .report(let job): return .report(file: try await writeReport(of: job, report: report))
        case .comparison(let first, let second): return .comparison(try await compareJobs(first, second))
        case .resultRow(let job, let row): return .resultRow(try await resultRow(row, of: job))
        case .preview(let file, let job): return .preview(try await preview(of: file, in: job, report: report))
        }
    }

    private func failure(of draft: DraftCheck) async -> Failure? {
        do {
            switch draft {
            case .job(let invocation): try await check(invocation, typedBy: "input_type")
            case .deployment(let deployment, let endpoint): try await check(deployment, creating: endpoint)
            case .scheduledJob(let invocation): try await check(scheduled: invocation)
            }
            return nil
        } catch {
            return Failure("check what was entered", error)
        }
    }

    /// What a deletion takes with it, and what is against it.
    private func plan(of deletion: Deletion) async throws -> DeletionPlan {
        switch deletion {
        case .endpoint(let name):
            return DeletionPlan(
                deletion,
                deployments: try await deployments(of: name),
                jobs: try await unfinishedJobs(needing: .endpoint(name)),
                schedules: try await schedules(of: name).filter(\.isEnabled)
            )
        case .deployment(let name, let endpoint):
            let jobs = try await unfinishedJobs(needing: .deployment(name, endpoint: endpoint))
            return DeletionPlan(deletion, jobs: jobs)
        case .asset(.model, let id):
            return DeletionPlan(
                deletion,
                users: try await deployments(usingModel: id),
                jobs: try await unfinishedJobs(needing: .model(id))
            )
        case .asset(.environment, let id):
            return DeletionPlan(deletion, users: try await deployments(usingEnvironment: id))
        case .asset(.data, _): return DeletionPlan(deletion)
        case .datastore(let name): return DeletionPlan(deletion, user: try await user(of: name))
        case .compute(let name): return DeletionPlan(deletion, users: try await deployments(usingCompute: name))
        case .schedule: return DeletionPlan(deletion)
        }
    }

    private func previewContent(_ subject: PreviewSubject) async throws -> PreviewContent {
        switch subject {
        case .endpoint(let name):
            let jobs = try await jobSlice(JobListing(endpointName: name, limit: PreviewContent.jobCount)).jobs
            return .endpoint(try await deployments(of: name), jobs: jobs, schedules: try await schedules(of: name))
        case .model(let id): return .model(try await modelContent(id))
        case .data(let id):
            let content = try await dataContent(id)
            guard let path = content.path else { return .data(content, nil) }
            // A server that hangs must not hold up a thread that answers all else.
            return .data(content, try await OwnThread.run { Self.head(at: path) })
        case .environment(let id): return .environment(try await environmentContent(id))
        case .compute(let name):
            return .compute(
                cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
                memory: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
                users: try await deployments(usingCompute: name),
                jobs: try await unfinishedJobs(needing: .compute(name))
            )
        case .datastore(let name): return .datastore(try await datastoreContent(name))
        case .schedule(let name): return .schedule(try await scheduleContent(name))
        case .job(let name):
            let failures = try await failures(of: name, limit: PreviewContent.failureCount)
            let content = try await jobContent(name)
            // Its results say why there is none.
            let profile = content.job.state == .completed ? try? await profile(of: name) : nil
            return .job(content, failures: failures, profile: profile)
        }
    }

    private func modelContent(_ id: AssetVersion) async throws -> ModelContent {
        ModelContent(
            model: try await model(AssetReference(id)),
            versions: try await models(named: id.name),
            users: try await deployments(usingModel: id)
        )
    }

    private func dataContent(_ id: AssetVersion) async throws -> DataAssetContent {
        let asset = try await dataAsset(AssetReference(id))
        return DataAssetContent(
            asset: asset,
            versions: try await dataAssets(named: id.name),
            path: try await localPath(of: asset)
        )
    }

    private func environmentContent(_ id: AssetVersion) async throws -> EnvironmentContent {
        EnvironmentContent(
            asset: try await environment(AssetReference(id)),
            versions: try await environments(named: id.name),
            users: try await deployments(usingEnvironment: id)
        )
    }

    private func computeContent(_ name: String) async throws -> ComputeTargetContent {
        let target = try await computeTarget(name)
        return ComputeTargetContent(
            target: target,
            gpus: await gpus(),
            users: try await deployments(usingCompute: name),
            report: ClusterReport.last(of: target, in: folder)
        )
    }

    private func datastoreContent(_ name: String) async throws -> DatastoreContent {
        let datastore = try await datastore(name)
        let place = DatastorePath(datastore: name, path: "")
        return DatastoreContent(
            datastore: datastore,
            assets: try await dataAssets(in: name),
            // A folder that can't be read is said where it is browsed.
            entries: datastore.remote == nil ? try? await entries(at: place) { _ in } : nil
        )
    }

    private func scheduleContent(_ name: String) async throws -> ScheduleContent {
        let schedule = try await schedule(name)
        return ScheduleContent(
            schedule: schedule,
            runs: try await runOverviews(of: name, limit: ScheduleContent.stripRuns),
            times: schedule.trigger.next(ScheduleContent.nextTimes, after: now())
        )
    }

    /// The folder of a path on this machine; nil where it is remote.
    private func localFolder(of place: DatastorePath) async throws -> String? {
        let datastore = try await datastore(place.datastore)
        guard datastore.remote == nil else { return nil }
        return place.path.isEmpty ? datastore.path : datastore.path + "/" + place.path
    }

    private func jobContent(_ name: String) async throws -> JobContent {
        JobContent(
            job: try await job(name),
            transitions: try await transitions(of: name),
            workers: try await workers(of: name),
            folder: folder.job(name),
            isBaseline: try await endpoint(withBaseline: name) != nil,
            run: try await scheduleRun(of: name)
        )
    }
}
