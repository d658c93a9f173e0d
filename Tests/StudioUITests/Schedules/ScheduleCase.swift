import BatchDomain
import TerminalKit

@testable import StudioUI

extension PageCase {
    /// The pages of schedules.
    static let schedulePages: [PageCase] = [
        PageCase(name: "schedules") { studio in
            studio.openSchedules()
            studio.press("j")
            studio.answerPreview(.schedule(Samples.scheduleContent))
        },
        PageCase(name: "schedules-light") { studio in
            studio.openSchedules()
            studio.press("j")
            studio.answerPreview(.schedule(Samples.scheduleContent))
            studio.model.show(theme: "light")
        },
        PageCase(name: "schedules-empty") { studio in
            _ = studio.model.open(.schedules)
            studio.answer(.schedules, .schedules([]))
        },
        PageCase(name: "schedules-marked") { studio in
            studio.openSchedules()
            studio.press("m", "m")
        },
        PageCase(name: "schedule") { $0.openSchedule() },
        PageCase(name: "schedule-new") { studio in
            var content = Samples.scheduleContent
            content.runs = []
            studio.openSchedule(content)
        },
        PageCase(name: "schedule-disabled") { studio in
            var content = Samples.scheduleContent
            content.schedule = Samples.disabledSchedule
            studio.openSchedule(content)
        },
        PageCase(name: "schedule-runs") { studio in
            studio.openSchedule()
            studio.press(.tab)
            studio.answer(.scheduleRuns("nightly"), .scheduleRuns(schedule: "nightly", Samples.scheduleRuns))
        },
        PageCase(name: "schedule-trigger") { studio in
            studio.openSchedule()
            studio.press("t")
        },
        PageCase(name: "delete-schedule") { studio in
            studio.openSchedule()
            studio.delete([.schedule("nightly")])
        },
        PageCase(name: "endpoint-schedules") { studio in
            studio.open(.endpoint("wine-growers"))
            studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
            let schedules = [Samples.schedule(), Samples.schedule("weekly", isEnabled: false)]
            studio.answer(.endpointSchedules("wine-growers"), .endpointSchedules("wine-growers", schedules))
        },
        PageCase(name: "delete-endpoint-schedules") { studio in
            studio.open(.endpoint("wine-growers"))
            studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
            studio.press("ctrl+d")
            let deletion = Deletion.endpoint("wine-growers")
            let schedules = [Samples.schedule(), Samples.schedule("weekly")]
            let plan = DeletionPlan(deletion, deployments: Samples.deployments, schedules: schedules)
            studio.answer(.deletions([deletion]), .deletions([plan]))
        },
        PageCase(name: "job-scheduled") { studio in
            studio.open(.job("five"))
            var content = Samples.content()
            content.run = Samples.scheduleRuns[0].run
            studio.answer(.job("five"), .job(content))
        },
    ]

    private static func step(_ name: String, _ prepare: @escaping @Sendable (inout StudioBench) -> Void) -> PageCase {
        PageCase(name: name) { studio in
            studio.openTrigger()
            prepare(&studio)
            studio.dismissToasts()
        }
    }

    /// The steps of the wizard of schedules.
    static let scheduleSteps: [PageCase] = [
        PageCase(name: "schedule-1") { studio in
            studio.openWizard(.createSchedule(endpoint: nil))
            studio.dismissToasts()
        },
        step("schedule-2") { $0.press("alt+2") },
        step("schedule-3") { _ in },
        step("schedule-3-errors") { studio in
            studio.press(.down)
            studio.press("ctrl+u")
            studio.type("0 25 * * mon-xyz")
            studio.press(.tab, "ctrl+u")
            studio.type("Berlin")
            studio.press(.tab)
        },
        step("schedule-3-recurrence") { $0.press(.right, .down, .right) },
        step("schedule-4") { $0.press("ctrl+n") },
        step("schedule-5") { studio in
            studio.press("ctrl+n")
            studio.type("monthly")
            studio.press("ctrl+n")
        },
    ]
}
