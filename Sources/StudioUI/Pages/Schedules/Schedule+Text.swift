import BatchDomain
import FoundationEssentials

extension Schedule {
    /// The endpoint, with the deployment where one is named.
    var target: String { job.endpointName + (job.deploymentName.map { " › \($0)" } ?? "") }

    /// Whether it starts jobs, with the reason where the program has disabled it.
    var stateText: String { isEnabled ? "enabled" : "disabled" + (disabledReason.map { ": \($0)" } ?? "") }

    /// When the next run is due, as tables show it.
    func nextText(_ scene: Scene) -> String {
        guard isEnabled else { return "disabled" }
        if trigger.arrival != nil { return trigger.words }
        return nextAt.map { scene.date($0) } ?? "no time left"
    }
}

extension Schedule.Overlap: WizardOption {
    var title: String {
        switch self {
        case .skip: "leave the time out"
        case .queue: "start afterwards"
        }
    }
}

extension Schedule.CatchUp: WizardOption {
    var title: String {
        switch self {
        case .last: "one run for all"
        case .all: "one run each"
        case .none: "no run"
        }
    }
}
