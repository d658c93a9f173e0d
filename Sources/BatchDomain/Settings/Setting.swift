/// A setting of a deployment, declared once: YAML, flags, forms, validation, help, pages and documentation read this record.
///
/// A new setting is a property of ``DeploymentSettings`` and of ``SettingsOverrides``, a declaration here, and a place in
/// ``allCases``:
///
///     static let miniBatchSize = Setting(
///         "mini_batch_size",
///         "Mini batch size",
///         .wholeNumber(minimum: 1, unit: "files"),
///         .value(\.miniBatchSize, \.miniBatchSize),
///         isOverridableInAzure: true,
///         help: "Files handed to one call of run()."
///     )
package struct Setting: Sendable {
    /// The values that a setting takes.
    package enum Values: Equatable, Sendable {
        /// A whole number of at least `minimum`, in `unit`.
        case wholeNumber(minimum: Int, unit: String)
        /// One of these words.
        case choice([String])
        /// The name of a file, without a folder.
        case fileName
        /// A size of memory of at least so many bytes; unlimited where it is not given.
        case memory(minimum: Int)
        /// `auto`, `never`, or a size of at least so many bytes.
        case splitting(minimum: Int)
        /// Names and values.
        case dictionary
        /// The options of ``ReadOption``.
        case readOptions
    }

    /// The key in YAML, with the keys above it: `retry_settings.timeout`.
    package let key: String
    /// The label in forms and on pages, as in Azure's studio.
    package let title: String
    /// The values that it takes.
    package let values: Values
    /// Its effect, in one sentence.
    package let help: String
    /// True when Azure lets one job override it; batchstudio lets a job override all but the output action.
    package let isOverridableInAzure: Bool
    /// Other spellings of the key that Azure accepts.
    let otherKeys: [String]
    /// What forms show in place of a value where there is none.
    package let absence: String
    /// Text that a refusal adds to the rule of the values.
    let remark: String
    let access: SettingAccess

    init(
        _ key: String,
        _ title: String,
        _ values: Values,
        _ access: SettingAccess,
        otherKeys: [String] = [],
        isOverridableInAzure: Bool = false,
        absence: String = "",
        remark: String = "",
        help: String
    ) {
        self.key = key
        self.title = title
        self.values = values
        self.access = access
        self.otherKeys = otherKeys
        self.isOverridableInAzure = isOverridableInAzure
        self.absence = absence
        self.remark = remark
        self.help = help
    }

    /// The default as text.
    package var defaultText: String { text(in: DeploymentSettings()) ?? "" }

    /// The setting of a key, or of another spelling of it that Azure accepts.
    package static func named(_ key: String) -> Setting? {
        allCases.first { $0.key == key || $0.otherKeys.contains(key) }
    }
}

extension Setting: Hashable, CustomStringConvertible {
    package static func == (one: Setting, other: Setting) -> Bool { one.key == other.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    package var description: String { key }
}
