import BatchDomain
import TerminalKit

extension JobWizard {
    func preview(of step: Int) -> Preview? {
        switch Step(rawValue: step) {
        case .deployment: deploymentPreview
        case .data: dataPreview
        case .output: planPreview
        case .review, nil: nil
        }
    }

    /// The settings of the job, with what it overrides.
    private var settings: DeploymentSettings {
        draft.isOverriding ? base.overridden(by: draft.settings.read().overrides) : base
    }

    /// The registered data that was chosen.
    private var chosenAsset: DataAsset? {
        draft.source == .asset ? assets?.first { $0.id.short == draft.asset } : nil
    }

    /// The plan; the number of files is the chosen data's, or the last job's on the same input.
    private func plan(_ content: PreviewContent?) -> JobPlan {
        var files: Int?
        if case .data(_, let head?)? = content, !head.hasMore { files = head.files }
        if files == nil, let lastJob, lastJob.specification.input.reference.description == draft.input {
            files = lastJob.counts.files
        }
        return JobPlan(files: files, settings: settings, last: lastJob)
    }

    private var deploymentPreview: Preview? {
        guard let deployment else { return nil }
        let plan = plan(nil)
        return Preview(title: deployment.name, subject: .model(deployment.model)) { content, scene in
            var lines = DetailLines()
            lines.field("Model", deployment.model.short)
            lines.field("Compute", deployment.compute)
            lines.add(plan)
            guard case .model(let known)? = content, let mlflow = known.model.mlflow else { return lines }
            lines.signature(of: mlflow)
            return lines
        }
    }

    private var dataPreview: Preview? {
        if let request = previewRequest, let preview = check.preview(of: request) {
            return Preview(title: draft.input, subject: nil) { _, _ in
                var lines = DetailLines()
                lines.add(preview, hasModel: request.model != nil)
                return lines
            }
        }
        return chosenAsset.map { Preview.data($0) }
    }

    private var planPreview: Preview {
        let subject = chosenAsset.map { PreviewSubject.data($0.id) }
        return Preview(title: "This job", subject: subject) { content, _ in
            var lines = DetailLines()
            lines.field("Input", draft.input)
            lines.add(plan(content))
            return lines
        }
    }
}
