/// The way from a setting to its values: in a deployment, among overrides, and as text.
struct SettingAccess: Sendable {
    /// The value as text; nil for dictionaries, and for a limit that is not set.
    let text: @Sendable (DeploymentSettings) -> String?
    /// The value as text where it was given; nil for dictionaries.
    let givenText: @Sendable (SettingsOverrides) -> String?
    /// Reads a typed value into its place; false where it is no value of the setting.
    let read: @Sendable (String, inout SettingsOverrides) -> Bool
    /// Puts a given value over that of a deployment.
    let override: @Sendable (SettingsOverrides, inout DeploymentSettings) -> Void
    /// Gives the deployment's value, where files and pages show it.
    let give: @Sendable (DeploymentSettings, inout SettingsOverrides) -> Void

    /// A value that has one form as text.
    ///
    /// - Parameters:
    ///   - value: Its place in a deployment's settings.
    ///   - given: Its place among overrides.
    ///   - isGiven: Decides whether files and pages show the value of a deployment: those beyond Azure only where they differ from
    ///     their defaults.
    /// - Returns: The way to the value.
    static func value<Value: SettingText>(
        _ value: any WritableKeyPath<DeploymentSettings, Value> & Sendable,
        _ given: any WritableKeyPath<SettingsOverrides, Value?> & Sendable,
        isGiven: @escaping @Sendable (DeploymentSettings) -> Bool = { _ in true }
    ) -> SettingAccess {
        SettingAccess(
            text: { $0[keyPath: value].settingText },
            givenText: { $0[keyPath: given]?.settingText },
            read: { text, overrides in
                guard let read = Value(settingText: text) else { return false }
                overrides[keyPath: given] = read
                return true
            },
            override: { overrides, settings in
                if let new = overrides[keyPath: given] { settings[keyPath: value] = new }
            },
            give: { settings, overrides in
                overrides[keyPath: given] = isGiven(settings) ? settings[keyPath: value] : nil
            }
        )
    }

    /// A size of memory in bytes; nil is unlimited.
    static func memory(
        _ value: any WritableKeyPath<DeploymentSettings, Int?> & Sendable,
        _ given: any WritableKeyPath<SettingsOverrides, Int?> & Sendable
    ) -> SettingAccess {
        optional(value, given, text: ByteSize.exactText, read: ByteSize.bytes(of:))
    }

    /// A number that need not be given.
    static func count(
        _ value: any WritableKeyPath<DeploymentSettings, Int?> & Sendable,
        _ given: any WritableKeyPath<SettingsOverrides, Int?> & Sendable
    ) -> SettingAccess {
        optional(value, given, text: { $0.settingText }, read: { Int(settingText: $0) })
    }

    private static func optional(
        _ value: any WritableKeyPath<DeploymentSettings, Int?> & Sendable,
        _ given: any WritableKeyPath<SettingsOverrides, Int?> & Sendable,
        text: @escaping @Sendable (Int) -> String,
        read: @escaping @Sendable (String) -> Int?
    ) -> SettingAccess {
        SettingAccess(
            text: { $0[keyPath: value].map(text) },
            givenText: { $0[keyPath: given].map(text) },
            read: { typed, overrides in
                guard let number = read(typed) else { return false }
                overrides[keyPath: given] = number
                return true
            },
            override: { overrides, settings in
                if let new = overrides[keyPath: given] { settings[keyPath: value] = new }
            },
            give: { settings, overrides in overrides[keyPath: given] = settings[keyPath: value] }
        )
    }

    /// The rule for splitting large files; what it is without one depends on how files are scored.
    static let splitting = SettingAccess(
        text: { ($0.splitFiles ?? .auto).settingText },
        givenText: { $0.splitFiles?.settingText },
        read: { text, overrides in
            guard let rule = SplitFiles(settingText: text) else { return false }
            overrides.splitFiles = rule
            return true
        },
        override: { overrides, settings in
            if let new = overrides.splitFiles { settings.splitFiles = new }
        },
        give: { settings, overrides in overrides.splitFiles = settings.splitFiles }
    )

    /// Environment variables: given ones are added, and replace those of the same name.
    static let variables = SettingAccess(
        text: { _ in nil },
        givenText: { _ in nil },
        read: { _, _ in false },
        override: { $1.environmentVariables.merge($0.environmentVariables ?? [:]) { _, new in new } },
        give: { $1.environmentVariables = $0.environmentVariables }
    )

    /// Read options: given ones are merged key by key.
    static let readOptions = SettingAccess(
        text: { _ in nil },
        givenText: { _ in nil },
        read: { _, _ in false },
        override: { overrides, settings in
            guard let given = overrides.readOptions else { return }
            let merged = (settings.readOptions ?? ReadOptions()).overridden(by: given)
            settings.readOptions = merged.isEmpty ? nil : merged
        },
        give: { $1.readOptions = $0.readOptions }
    )
}

/// A value of a setting that is written as one text.
protocol SettingText: Equatable, Sendable {
    /// The value as files and forms show it.
    var settingText: String { get }

    /// The value of a text; nil where there is none.
    init?(settingText: String)
}

extension Int: SettingText {
    var settingText: String { String(self) }

    init?(settingText: String) { self.init(settingText) }
}

extension String: SettingText {
    var settingText: String { self }

    init?(settingText: String) { self = settingText }
}

extension Bool: SettingText {
    var settingText: String { String(self) }

    init?(settingText: String) { self.init(settingText.lowercased()) }
}

extension SettingText where Self: RawRepresentable<String> {
    var settingText: String { rawValue }

    init?(settingText: String) { self.init(rawValue: settingText.lowercased()) }
}

extension DeploymentSettings.OutputAction: SettingText {}

extension DeploymentSettings.LoggingLevel: SettingText {}

extension OutputFileColumn: SettingText {}

extension ProfileScope: SettingText {}

extension RowContract: SettingText {}
