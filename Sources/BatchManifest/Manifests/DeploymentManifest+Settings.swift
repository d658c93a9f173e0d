import BatchDomain

extension ManifestFields {
    /// The settings of a deployment that the file gives.
    mutating func settings(in dialect: DeploymentManifest.Dialect) -> SettingsOverrides {
        var overrides = SettingsOverrides()
        for setting in Setting.allCases {
            read(setting, at: dialect.path(of: setting.key), into: &overrides)
        }
        // Azure takes the variables at the top of the file in every dialect, and the count of instances in two places.
        switch dialect {
        case .flat: break
        case .nested:
            let variables = labels(
                "environment_variables",
                as: .setting(.environmentVariables),
                example: "OMP_NUM_THREADS: \"1\""
            )
            if let variables {
                overrides.environmentVariables = variables.merging(overrides.environmentVariables ?? [:]) { $1 }
            }
            if value(at: "resources") != nil, value(at: "settings.instance_count") != nil {
                accept("settings.instance_count")
                report(
                    "settings.instance_count",
                    rule: "is given beside resources. Can't set instance_count when resources is provided"
                )
            } else {
                read(.instanceCount, at: "settings.instance_count", into: &overrides)
            }
        }
        return overrides
    }

    /// The settings of a job, all under one key, as `job show` prints them.
    mutating func settings(under prefix: String) -> SettingsOverrides {
        var overrides = SettingsOverrides()
        for setting in Setting.allCases { read(setting, at: prefix + setting.key, into: &overrides) }
        return overrides
    }

    private mutating func read(_ setting: Setting, at path: String, into overrides: inout SettingsOverrides) {
        if setting.values == .dictionary {
            overrides.environmentVariables = labels(path, as: .setting(setting), example: "OMP_NUM_THREADS: \"1\"")
            return
        }
        if setting.values == .readOptions {
            overrides.readOptions = readOptions(path)
            return
        }
        guard let text = text(path, as: .setting(setting)) else { return }
        var changed = overrides
        attempt(path) { () throws(Problem) in try setting.set(text, in: &changed) }
        overrides = changed
    }
}
