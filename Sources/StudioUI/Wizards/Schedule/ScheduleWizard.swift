import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// *New schedule*: what starts jobs of an endpoint, and with which input.
struct ScheduleWizard: Wizard {
    enum Step: Int, CaseIterable {
        case endpoint, input, trigger, rules, review
    }

    let route: Route
    let title = "New schedule"
    var draft = ScheduleAnswers() {
        didSet { if draft != oldValue { follow() } }
    }
    /// The wizard of jobs, whose input step is a step of this one.
    private(set) var job: JobWizard
    /// The choices; nil while they are loading.
    private(set) var endpoints: [String]?
    private(set) var names: [String]?
    private(set) var timeZones: [String]?
    /// The trigger as far as it can be read; without a start of its own, its times count from 1970.
    private(set) var trigger: ScheduleTrigger?
    /// What is wrong with the trigger.
    private(set) var triggerProblems: [Problem] = []

    /// Makes the wizard; without an endpoint, it is chosen in its first step.
    init(endpoint: String?) {
        route = .createSchedule(endpoint: endpoint)
        job = Self.job(on: endpoint ?? "")
        draft.endpoint = endpoint ?? ""
        draft.job = job.draft
        follow()
    }

    let steps = ["Endpoint", "Input", "Trigger", "Name and rules", "Review"]

    var draftKey: String { "draft.createSchedule" + (route == .createSchedule(endpoint: nil) ? "" : ".\(preset)") }

    private var preset: String {
        if case .createSchedule(let endpoint?) = route { endpoint } else { "" }
    }

    private static func job(on endpoint: String) -> JobWizard {
        JobWizard(.createJob(endpoint: endpoint, deployment: nil))
    }

    var queries: [Query] { [.endpointNames, .schedules, .timeZones] + job.queries }

    mutating func receive(_ content: Content) {
        switch content {
        case .endpointNames(let names):
            endpoints = names
            if draft.endpoint.isEmpty, names.count == 1 {
                draft.endpoint = names[0]
                changeEndpoint()
            }
        case .schedules(let rows): names = rows.map(\.schedule.name)
        case .timeZones(let names, let local):
            // Once only: a field that the user has cleared to type another one stays empty.
            if timeZones == nil, draft.timeZone.isEmpty {
                // Some machines name a zone that files can't: GMT.
                let isKnown = (try? TimeZoneName(local, known: names)) != nil
                draft.timeZone = isKnown ? local : TimeZoneName.utc.description
            }
            timeZones = names
            follow()
        // Of the endpoint that was chosen before.
        case .endpoint(let endpoint, _) where endpoint.name != draft.endpoint: break
        default:
            job.receive(content)
            draft.job = job.draft
        }
    }

    /// Keeps what depends on the draft in step with it.
    private mutating func follow() {
        job.draft = draft.job
        if !draft.deployment.isEmpty { job.draft.deployment = draft.deployment }
        (trigger, triggerProblems) = (nil, [])
        do {
            let document = YAMLDocument(["trigger": draft.trigger])
            // An unknown zone is a mistake only where the zones are known.
            let zones = timeZones ?? [draft.timeZone]
            trigger = try ScheduleManifest.trigger(document, .init(now: Self.noStart, timeZones: zones))
        } catch {
            triggerProblems = error.problems
        }
    }

    /// Stands for the time of creation, which a form does not know.
    private static let noStart = Date(timeIntervalSince1970: 0)

    mutating func normalize(from old: ScheduleAnswers) -> [String] {
        guard draft.endpoint != old.endpoint else { return [] }
        let hadDeployment = !draft.deployment.isEmpty
        changeEndpoint()
        return hadDeployment ? ["The deployment is the default one of \(draft.endpoint) now."] : []
    }

    /// The input stays; deployments and last jobs are those of another endpoint.
    private mutating func changeEndpoint() {
        var fresh = Self.job(on: draft.endpoint)
        (fresh.assets, fresh.datastores, fresh.compute) = (job.assets, job.datastores, job.compute)
        fresh.draft = draft.job
        (fresh.draft.endpoint, fresh.draft.deployment) = (draft.endpoint, "")
        job = fresh
        draft.deployment = ""
        draft.job = fresh.draft
    }

    // MARK: The input, as the wizard of jobs asks for it

    private static let jobStep = JobWizard.Step.data.rawValue

    mutating func questions(in step: Int) -> [Query] {
        step >= Step.input.rawValue ? job.questions(in: Self.jobStep) : []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool { job.miss(query, failure) }

    func verdict(of step: Int) -> WizardVerdict? {
        Step(rawValue: step) == .input ? job.verdict(of: Self.jobStep) : nil
    }

    /// The fields of the input, but those that no file of a schedule can hold.
    var inputFields: [WizardField<ScheduleAnswers>] {
        job.fields(of: Self.jobStep).filter { $0.id != "recursive" }.map { field in
            var field = field.lifted(\ScheduleAnswers.job)
            if field.id == "input.url" {
                field.field.help =
                    "https://, s3://, abfss:// or wasbs://. AWS_… and AZURE_STORAGE_… are those of the executor."
            }
            return field
        }
    }

    var inputNotes: [String] { job.notes(of: Self.jobStep) }

    var inputProblems: [WizardProblem] {
        job.problems.filter { $0.step == Self.jobStep }.map {
            WizardProblem(step: Step.input.rawValue, field: $0.field, text: $0.text)
        }
    }

    // MARK: The result

    let verb = "Create"

    func open(_ outcome: Outcome) -> [Request] {
        guard case .schedule(let schedule) = outcome else { return [.back] }
        let text = "Schedule \(schedule.name) is created."
        return [.say(Toast(text, role: .success)), .go(.schedules, then: [.schedule(schedule.name)])]
    }

    func check(of step: Int) -> DraftCheck? {
        Step(rawValue: step) == .input ? .scheduledJob(invocation) : nil
    }

    func problems(of failure: Failure) -> [WizardProblem] {
        if !failure.problems.isEmpty {
            return failure.problems.map { problem in
                let isInput = problem.field == "input" || problem.field.hasPrefix("create_job.inputs")
                let field = isInput ? job.inputField : problem.field
                return WizardProblem(step: self.step(of: field).rawValue, field: field, text: problem.studioText)
            }
        }
        switch failure.code {
        case .file, .notFound:
            return [WizardProblem(step: Step.input.rawValue, field: job.inputField, text: failure.text)]
        default: return []
        }
    }

    /// The step that asks for a field.
    func step(of field: String) -> Step {
        if field.hasPrefix("trigger.") { return .trigger }
        if ["endpoint_name", "deployment_name"].contains(field) { return .endpoint }
        return ["name", "overlap", "catch_up"].contains(field) ? .rules : .input
    }
}
