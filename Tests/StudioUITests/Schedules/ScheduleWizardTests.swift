import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct ScheduleWizardTests {
    private static let schedules = Content.schedules(Samples.schedules)

    /// The errors that the fields show.
    private func errors(_ studio: StudioBench) -> [String: String] {
        let fields = studio.scheduleWizard?.form.fields ?? []
        return Dictionary(uniqueKeysWithValues: fields.compactMap { field in field.error.map { (field.id, $0) } })
    }

    @Test func `a bad cron expression shows its field and what is allowed, a bad zone near names`() {
        var studio = StudioBench()
        studio.openTrigger()
        studio.press(.down, "ctrl+u")
        studio.type("0 25 * * *")
        studio.press(.tab, "ctrl+u")
        studio.type("Berlin")
        studio.press(.tab)
        let errors = errors(studio)
        #expect(errors["trigger.expression"]?.contains("in its hours: allowed are *, 0–23") == true)
        #expect(errors["trigger.time_zone"]?.contains("did you mean Europe/Berlin?") == true)
        studio.press("ctrl+n")
        #expect(studio.scheduleWizard?.step == ScheduleWizard.Step.trigger.rawValue)
    }

    @Test func `a zone that is cleared to type another one is not filled in by a change of the workspace`() {
        var studio = StudioBench()
        studio.openTrigger()
        studio.press(.down, .tab, "ctrl+u")
        studio.answer(.timeZones, .timeZones(Samples.zones, local: "Europe/Berlin"))
        studio.type("UTC")
        #expect(studio.scheduleWizard?.wizard.draft.timeZone == "UTC")
    }

    @Test func `the next five times follow what is typed`() {
        var studio = StudioBench(size: Size(width: 160, height: 40))
        studio.openTrigger()
        #expect(studio.text.contains("daily 02:00 Europe/Berlin"))
        studio.press(.down, "ctrl+u")
        studio.type("*/20 * * * *")
        #expect(studio.text.contains("every 20 minutes Europe/Berlin"))
        #expect(studio.text.split(separator: "\n").filter { $0.contains("  in ") }.count >= 3)
    }

    @Test func `what was typed makes a schedule, the same as its file`() throws {
        var studio = StudioBench()
        studio.openTrigger()
        studio.press(.right, .down, .right, .down, "ctrl+u")
        studio.type("2")
        studio.press(.down)
        studio.type("mon, friday")
        studio.press("ctrl+n")
        studio.type("fortnightly")
        studio.press(.down, .right, "ctrl+n")
        let wizard = try #require(studio.scheduleWizard?.wizard)
        #expect(wizard.problems.isEmpty, "\(wizard.problems)")
        studio.press("f10")
        guard case .createSchedule(let schedule, true)? = studio.useCases.last else {
            Issue.record("no schedule is created: \(studio.useCases)")
            return
        }
        #expect(schedule.trigger.words == "every 2 weeks Mon, Fri 02:00 Europe/Berlin")
        #expect(schedule.name == "fortnightly")
        #expect(schedule.overlap == .queue)
        #expect(schedule.job.deploymentName == nil)
        #expect(schedule.job.input.description == "azureml:wine-unlabeled:1")
        #expect(wizard.script.contains("cat > fortnightly.yml <<'EOF'\nname: fortnightly\n"))
        #expect(!wizard.script.contains("start_time"))
        #expect(wizard.script.hasSuffix("batchstudio schedule create --file fortnightly.yml"))
    }

    @Test func `a name that is taken is refused`() {
        var studio = StudioBench()
        studio.openTrigger()
        studio.press("ctrl+n")
        studio.type("nightly")
        studio.press("ctrl+n")
        #expect(errors(studio)["name"]?.contains("already") == true)
    }

    @Test func `another endpoint keeps the input and takes its own default deployment`() {
        var studio = StudioBench()
        studio.openTrigger()
        studio.press("alt+1", .down, .right)
        #expect(studio.scheduleWizard?.wizard.draft.deployment == "mlflow")
        studio.press(.up, .left)
        let draft = studio.scheduleWizard?.wizard.draft
        #expect(draft?.endpoint == "taxi-tips")
        #expect(draft?.deployment == "")
        #expect(draft?.job.asset == "wine-unlabeled:1")
        #expect(studio.scheduleWizard?.wizard.job.deployments == nil)
    }

    @Test func `an endpoint without a default deployment asks for one`() {
        var studio = StudioBench()
        studio.openWizard(.createSchedule(endpoint: "wine-growers"))
        var endpoint = Samples.endpoint
        endpoint.defaultDeployment = nil
        studio.answer(.endpoint("wine-growers"), .endpoint(endpoint, Samples.deployments))
        #expect(studio.scheduleWizard?.wizard.problems.first?.field == "deployment_name")
    }

    @Test func `opened without an endpoint, it takes the only one`() {
        var studio = StudioBench()
        studio.open(.createSchedule(endpoint: nil))
        studio.answer(.endpointNames, .endpointNames(["wine-growers"]))
        #expect(studio.scheduleWizard?.wizard.draft.endpoint == "wine-growers")
        #expect(studio.effects.contains(.fetch(.endpoint("wine-growers"), screen: 2)))
    }
}
