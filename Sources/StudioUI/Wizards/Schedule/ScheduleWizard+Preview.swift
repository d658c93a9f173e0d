import BatchDomain
import TerminalKit

extension ScheduleWizard {
    func preview(of step: Int) -> Preview? {
        switch Step(rawValue: step) {
        case .endpoint: job.preview(of: JobWizard.Step.deployment.rawValue)
        case .input: job.preview(of: JobWizard.Step.data.rawValue)
        case .trigger, .rules: timesPreview
        case .review, nil: nil
        }
    }

    /// The next times of the trigger as it is typed.
    private var timesPreview: Preview {
        guard let trigger else {
            return Preview(title: "Next times", subject: nil) { _, _ in
                var lines = DetailLines()
                lines.text("They are shown when the trigger can be read.", role: .muted)
                return lines
            }
        }
        let (schedule, startsNow) = (schedule, startsNow)
        return Preview(title: trigger.words, subject: nil) { _, scene in
            var lines = DetailLines()
            let counted = startsNow ? trigger.starting(at: scene.now) : trigger
            lines.times(counted.next(ScheduleContent.nextTimes, after: scene.now), of: schedule, scene)
            return lines
        }
    }
}
