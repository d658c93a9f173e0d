import BatchDomain
import TerminalKit

extension DeploymentWizard {
    func preview(of step: Int) -> Preview? {
        switch Step(rawValue: step) {
        case .endpoint: endpointPreview
        case .model: model.map { Preview.model($0) }
        case .deployment: settingsPreview
        case .environment: environmentPreview
        case .compute: target.map { Preview.compute($0) }
        case .review, nil: nil
        }
    }

    private var endpointPreview: Preview {
        guard draft.isNew || draft.existingEndpoint.isEmpty else {
            let name = draft.existingEndpoint
            return Preview(title: name, subject: .endpoint(name)) { content, scene in
                var lines = DetailLines()
                guard case .endpoint(let deployments, let jobs, _)? = content else { return lines }
                lines.add(deployments, default: nil)
                lines.runs(jobs, scene)
                return lines
            }
        }
        let names = supplies.endpoints ?? []
        return Preview(title: draft.endpointName, subject: nil) { _, _ in
            var lines = DetailLines()
            lines.text("Jobs are started by this name, whatever deployment scores them.", role: .muted)
            guard !names.isEmpty else { return lines }
            lines.heading("Endpoints there are  \(Figures.count(names.count))")
            for name in names.prefix(20) { lines.text(name) }
            if names.count > 20 { lines.text("… and \(Figures.count(names.count - 20)) more", role: .muted) }
            return lines
        }
    }

    /// The settings as a job of a thousand files would have them.
    private var settingsPreview: Preview {
        let settings = DeploymentSettings().overridden(by: draft.settings.read().overrides)
        return Preview(title: "A job of 1,000 files", subject: nil) { _, _ in
            var lines = DetailLines()
            lines.add(JobPlan(files: 1000, settings: settings, last: nil))
            return lines
        }
    }

    private var environmentPreview: Preview? {
        if let environment { return Preview.environment(environment) }
        guard let model, let source = model.mlflow?.environments.first else { return nil }
        let script = draft.isOwnScript ? "" : supplies.script
        return Preview(title: "The environment of \(model.id.short)", subject: nil) { _, _ in
            var lines = DetailLines()
            lines.heading("Packages")
            lines.source(source)
            guard !script.isEmpty else { return lines }
            lines.heading("Generated script")
            lines.text(script, role: .muted)
            return lines
        }
    }
}
