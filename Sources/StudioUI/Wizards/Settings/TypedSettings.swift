import BatchDomain
import BatchManifest
import TerminalKit

/// Settings as they were typed, right or wrong; what was not typed is missing.
struct TypedSettings: Codable, Equatable {
    private var texts: [String: String] = [:]

    init() {}

    /// Settings that are known to be right.
    init(_ overrides: SettingsOverrides) {
        for setting in Setting.allCases { self[setting] = setting.text(in: overrides) ?? "" }
        let variables = (overrides.environmentVariables ?? [:]).sorted { $0.key < $1.key }
        self[.environmentVariables] = variables.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        let options = overrides.readOptions.map { ReadOptionsManifest.assignments(of: $0) } ?? []
        self[.readOptions] = options.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
    }

    subscript(setting: Setting) -> String {
        get { texts[setting.key] ?? "" }
        set { texts[setting.key] = newValue.isEmpty ? nil : newValue }
    }

    /// The settings that can be read, and what is wrong with the others.
    func read() -> (overrides: SettingsOverrides, problems: [Problem]) {
        var overrides = SettingsOverrides()
        var problems: [Problem] = []
        for setting in Setting.allCases where !self[setting].isEmpty {
            if setting.values == .dictionary {
                let pairs = KeyValueLines.pairs(in: self[setting]).map { ($0.key, $0.value) }
                overrides.environmentVariables = Dictionary(pairs) { _, last in last }
                continue
            }
            if setting.values == .readOptions {
                do {
                    overrides.readOptions = try ReadOptionsManifest.read(KeyValueLines.pairs(in: self[setting]))
                } catch {
                    problems += error.problems
                }
                continue
            }
            do { try setting.set(self[setting], in: &overrides) } catch { problems.append(error) }
        }
        return (overrides, problems)
    }

    /// The problems of how the variables are written.
    var variablesProblem: String? {
        KeyValueLines.problem(in: self[.environmentVariables], example: "OMP_NUM_THREADS=1")
    }

    /// The problems of how the read options are written.
    var readOptionsProblem: String? { KeyValueLines.problem(in: self[.readOptions], example: "delimiter=;") }
}
