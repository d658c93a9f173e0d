import BatchManifest

extension DeploymentWizard {
    var script: String {
        var parts: [String] = []
        if draft.isNew {
            parts.append(ShellText.file("endpoint.yml", ManifestValue(endpoint).yaml))
            parts.append("batchstudio batch-endpoint create --file endpoint.yml")
        }
        if isEditing {
            parts.append(ShellText.file("deployment.yml", ManifestValue(deployment).maskingSecrets.yaml))
            parts.append("batchstudio batch-deployment update --file deployment.yml")
            return parts.joined(separator: "\n")
        }
        let isDefault = draft.isNew || draft.isDefault || isFirst
        parts.append(ShellText.file("deployment.yml", ManifestValue(deployment).maskingSecrets.yaml))
        parts.append("batchstudio batch-deployment create --file deployment.yml" + (isDefault ? " --set-default" : ""))
        return parts.joined(separator: "\n")
    }
}
