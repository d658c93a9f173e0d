import BatchDomain
import BatchManifest

extension DeploymentWizard {
    /// True when a deployment is changed rather than created.
    var isEditing: Bool { if case .editDeployment = route { true } else { false } }

    /// Takes over what a deployment is; settings that have Azure's defaults stay empty.
    mutating func fill(from deployment: Deployment) {
        edited = deployment
        draft.model = deployment.model.short
        draft.description = deployment.description
        var overrides = SettingsOverrides(deployment.settings)
        overrides.environmentVariables = overrides.environmentVariables.map { SecretName.masked($0) }
        draft.settings = TypedSettings(overrides)
        let standard = DeploymentSettings()
        for setting in Setting.allCases where setting.text(in: deployment.settings) == setting.text(in: standard) {
            if setting.values != .dictionary, setting.values != .readOptions { draft.settings[setting] = "" }
        }
        if case .script(let code) = deployment.scoring {
            draft.scoring = .own
            (draft.codeFolder, draft.script) = (code.folder, code.script)
        }
        draft.environment = deployment.environment?.short ?? ""
        draft.compute = deployment.compute
    }

    /// Puts secrets back that were shown as stars and not typed again.
    func restoreSecrets(in settings: inout SettingsOverrides) {
        guard let old = edited?.settings.environmentVariables, var variables = settings.environmentVariables else {
            return
        }
        for (name, value) in variables {
            if let kept = old[name], value == SecretName.masked(kept, of: name) { variables[name] = kept }
        }
        settings.environmentVariables = variables
    }
}
