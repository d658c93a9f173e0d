import BatchDomain

extension Setting {
    /// The setting's value for reading, with its meaning where a number does not say it; nil for dictionaries, and for a limit that is not set.
    func words(in settings: DeploymentSettings) -> String? {
        guard let text = text(in: settings) else { return nil }
        return self == .errorThreshold && settings.errorThreshold < 0 ? text + " (no failure limit)" : text
    }
}
