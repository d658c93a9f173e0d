import BatchDomain
import FoundationEssentials
import TerminalKit

@testable import StudioUI

extension Samples {
    static let zones = ["America/New_York", "Europe/Berlin", "Europe/Dublin"]

    /// A schedule of the wines, daily at two o'clock in Berlin.
    static func schedule(_ name: String = "nightly", isEnabled: Bool = true) -> Schedule {
        let zone = (try? TimeZoneName("Europe/Berlin", known: zones)) ?? .utc
        let hours = ScheduleTrigger.Hours(timeZone: zone, start: ago(900_000))
        let trigger = ScheduleTrigger.recurrence(Recurrence(.day, pattern: .init(hours: [2])), hours)
        return Schedule(
            name: name,
            trigger: trigger,
            job: Invocation(
                endpointName: "wine-growers",
                input: .asset(AssetReference(name: "wine-unlabeled", version: .latest))
            ),
            isEnabled: isEnabled,
            nextAt: isEnabled ? trigger.next(after: now) : nil,
            createdAt: ago(900_000),
            updatedAt: ago(900_000)
        )
    }

    /// A schedule that the program has disabled.
    static var disabledSchedule: Schedule {
        var schedule = schedule("hourly", isEnabled: false)
        let hours = ScheduleTrigger.Hours(start: ago(900_000))
        schedule.trigger = .recurrence(Recurrence(.hour, interval: 6), hours)
        schedule.job.endpointName = "taxi-tips"
        schedule.disabledReason = "There is no endpoint named 'taxi-tips'."
        return schedule
    }

    /// A run of each result, the newest first.
    static let scheduleRuns: [ScheduleRunOverview] = [
        run(31, .started, job: overview("five", .running)), run(30, .skipped, reason: "The run before was not over."),
        run(29, .started, job: overview("three", .completed)), run(28, .started, job: overview("two", .failed)),
        run(27, .failed, reason: "The disk is full."), run(26, .started, job: overview("one", .canceled)),
        run(25, .started), run(24, .missed, reason: "3 times passed while no executor ran; catch_up is none."),
        run(23, .waiting),
    ]

    private static func run(
        _ number: Int,
        _ outcome: ScheduleRun.Outcome,
        job: JobOverview? = nil,
        reason: String? = nil
    ) -> ScheduleRunOverview {
        ScheduleRunOverview(
            ScheduleRun(
                schedule: "nightly",
                number: number,
                dueAt: ago(Double(32 - number) * 86_400 - 50_000),
                cause: .time,
                outcome: outcome,
                job: job?.name ?? (outcome == .started ? "gone" : nil),
                reason: reason
            ),
            job: job
        )
    }

    static let schedules = [
        ScheduleOverview(disabledSchedule, lastRun: scheduleRuns[4]),
        ScheduleOverview(schedule(), lastRun: scheduleRuns[2]), ScheduleOverview(schedule("weekly", isEnabled: false)),
    ]

    static var scheduleContent: ScheduleContent {
        let schedule = schedule()
        return ScheduleContent(
            schedule: schedule,
            runs: scheduleRuns,
            times: schedule.trigger.next(ScheduleContent.nextTimes, after: now)
        )
    }
}

extension StudioBench {
    /// Opens the list of schedules with something in it.
    mutating func openSchedules() {
        _ = model.open(.schedules)
        answer(.schedules, .schedules(Samples.schedules))
    }

    /// Opens the page of a schedule.
    mutating func openSchedule(_ content: ScheduleContent = Samples.scheduleContent) {
        open(.schedule("nightly"))
        answer(.schedule("nightly"), .schedule(content))
    }

    /// The wizard of schedules, to look into.
    var scheduleWizard: WizardPage<ScheduleWizard>? { model.page as? WizardPage<ScheduleWizard> }

    /// Opens the wizard of schedules and goes to its trigger.
    mutating func openTrigger() {
        openWizard(.createSchedule(endpoint: "wine-growers"))
        answer(.schedules, .schedules(Samples.schedules))
        answer(.timeZones, .timeZones(Samples.zones, local: "Europe/Berlin"))
        press("ctrl+n", .enter, .enter, "ctrl+n")
        dismissToasts()
    }
}
