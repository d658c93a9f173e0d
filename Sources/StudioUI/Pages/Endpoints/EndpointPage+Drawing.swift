import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

extension EndpointPage {
    /// The details of the endpoint and of each deployment.
    func details(_ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        guard let endpoint else { return lines }
        lines.heading("Endpoint")
        lines.field("Name", endpoint.name)
        lines.field("Description", endpoint.description)
        lines.field("Provisioning state", endpoint.provisioningState.rawValue)
        lines.field("Default deployment", endpoint.defaultDeployment ?? "none yet; press a to add one")
        lines.field("Baseline", endpoint.baseline ?? "none; press b on a completed job in Runs")
        lines.field("REST endpoint", "not served; jobs start from here or by the command below")
        lines.field("Authentication", "the workspace folder's own permissions")
        lines.nextSchedule(of: schedules, scene)
        lines.field("Start a job", Self.invokeCommand(endpoint.name), role: .link)
        lines.labels("Tags", endpoint.tags)
        lines.labels("Properties", endpoint.properties)
        lines.field("Created", scene.time.full(endpoint.createdAt))
        lines.field("Updated", scene.time.full(endpoint.updatedAt))
        for deployment in deployments { add(deployment, to: &lines, scene) }
        return lines
    }

    private func add(_ deployment: Deployment, to lines: inout DetailLines, _ scene: Scene) {
        let isDefault = deployment.name == endpoint?.defaultDeployment
        lines.heading("Deployment \(deployment.name)" + (isDefault ? "  ★ default" : ""))
        lines.field("Description", deployment.description)
        lines.field("Provisioning state", deployment.provisioningState.rawValue)
        lines.field("Model", "\(deployment.model.name):\(deployment.model.version)")
        lines.field("Scoring script", deployment.scoringText)
        let environment = deployment.environment.map { "\($0.name):\($0.version)" }
        lines.field("Environment", environment ?? "the one that the model's files describe")
        lines.field("Compute", deployment.compute)
        for setting in Setting.allCases {
            guard let text = setting.text(in: deployment.settings), let words = setting.words(in: deployment.settings)
            else { continue }
            lines.field(setting.title, words, role: text == setting.defaultText ? .muted : .text)
        }
        lines.labels(Setting.environmentVariables.title, SecretName.masked(deployment.settings.environmentVariables))
        lines.labels(
            Setting.readOptions.title,
            Dictionary(
                (deployment.settings.readOptions?.given ?? []).map { ($0.option.key, ManifestValue($0.value).inline) },
                uniquingKeysWith: { $1 }
            )
        )
        lines.labels("Tags", deployment.tags)
        lines.field("Created", scene.time.full(deployment.createdAt))
    }

    func columns(_ scene: Scene) -> [TableColumn<Deployment>] {
        let defaultName = endpoint?.defaultDeployment
        return [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) {
                $0.name == defaultName ? "★ " + $0.name : "  " + $0.name
            },
            TableColumn("Model", .flexible(minimum: 10)) { "\($0.model.name):\($0.model.version)" },
            TableColumn("Compute", .flexible(minimum: 8), importance: 2) { $0.compute },
            TableColumn("Workers", .fixed(7), alignment: .trailing, importance: 4) { String($0.settings.workers) },
            TableColumn("Mini batch", .fixed(10), alignment: .trailing, importance: 5) {
                String($0.settings.miniBatchSize)
            },
            TableColumn("State", .fixed(10), importance: 3) { $0.provisioningState.rawValue },
            TableColumn(
                "Created",
                .fixed(12),
                importance: 3,
                role: { _ in .muted },
                precedes: { $0.createdAt < $1.createdAt },
                text: { scene.date($0.createdAt) }
            ),
        ]
    }

    static func invokeCommand(_ endpoint: String) -> String {
        "batchstudio batch-endpoint invoke -n \(endpoint) --input azureml:DATA@latest"
    }

    /// The texts that can be copied here.
    var copies: Copies {
        guard let endpoint else { return Copies([]) }
        var items = [
            ("Name", endpoint.name),
            ("Command to start a job", Self.invokeCommand(endpoint.name)),
            ("Endpoint as YAML", ManifestValue(endpoint).yaml),
        ]
        if let deployment = chosenDeployment ?? deployments.first(where: { $0.name == endpoint.defaultDeployment }) {
            items.append(("Deployment \(deployment.name) as YAML", ManifestValue(deployment).maskingSecrets.yaml))
        }
        return Copies(items)
    }
}

extension Deployment {
    /// The scoring script in words.
    var scoringText: String {
        switch scoring {
        case .generated: "generated for the MLflow model"
        case .script(let code): "\(code.script) in \(code.folder)"
        }
    }
}
