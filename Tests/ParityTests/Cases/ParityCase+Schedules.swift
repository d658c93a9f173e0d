import BatchDomain
import FoundationEssentials

@testable import StudioUI

extension ParityCase {
    static let scheduleChanges = [
        ParityCase(
            "an interval from now on",
            .createSchedule(schedule("nightly"), startsNow: true),
            create("nightly")
        ),
        ParityCase("one that is enabled", .setScheduleEnabled("spare", false), "schedule disable -n spare"),
        ParityCase("one that is disabled", .setScheduleEnabled("off", true), "schedule enable -n off"),
        ParityCase("one whose time has not come", .triggerSchedule("spare"), "schedule trigger -n spare"),
        ParityCase("one with its history", .deleteSchedule("spare"), "schedule delete -n spare --yes"),
    ]

    static let scheduleRefusals = [
        ParityCase("a bad name", .createSchedule(schedule("night/ly"), startsNow: true), create("night/ly")),
        ParityCase(
            "an endpoint that is not there",
            .createSchedule(schedule("nightly", endpoint: "nowhere"), startsNow: true),
            create("nightly", endpoint: "nowhere")
        ),
        ParityCase("one that is not there", .setScheduleEnabled("none", false), "schedule disable -n none"),
        ParityCase("one that is not there", .triggerSchedule("none"), "schedule trigger -n none"),
        ParityCase("one that is not there", .deleteSchedule("none"), "schedule delete -n none --yes"),
    ]

    private static let input = "azureml:wine-unlabeled@latest"

    private static func create(_ name: String, endpoint: String = "taxi-tips") -> String {
        "schedule create -n \(name) --endpoint \(endpoint) --input \(input) --set trigger.type=recurrence "
            + "--set trigger.frequency=day"
    }

    /// A schedule as the wizard makes it: without a clock.
    private static func schedule(_ name: String, endpoint: String = "taxi-tips") -> Schedule {
        let date = Date(timeIntervalSince1970: 0)
        return Schedule(
            name: name,
            trigger: .recurrence(Recurrence(.day), .init(start: date)),
            job: Invocation(endpointName: endpoint, input: .asset(AssetReference(name: "wine-unlabeled"))),
            createdAt: date,
            updatedAt: date
        )
    }
}
