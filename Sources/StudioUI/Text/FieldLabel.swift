import BatchDomain

/// The labels of fields, by the names that they have in YAML.
enum FieldLabel {
    private static let labels = [
        "code_configuration.code": "Code folder", "code_configuration.scoring_script": "Script",
        "endpoint_name": "Endpoint name", "input": "Input", "input_type": "Type of the input", "job_name": "Job name",
        "output": "Output location", "output_path": "Output location", "deployment_name": "Deployment",
        "trigger.type": "Trigger", "trigger.expression": "Cron expression", "trigger.time_zone": "Time zone",
        "trigger.start_time": "Start", "trigger.end_time": "End", "trigger.frequency": "Frequency",
        "trigger.interval": "Interval", "trigger.schedule.hours": "Hours", "trigger.schedule.minutes": "Minutes",
        "trigger.schedule.week_days": "Days of the week", "trigger.schedule.month_days": "Days of the month",
    ]

    /// The label of a field; a name that no form has, in words.
    static func label(of field: String) -> String {
        let name = field.hasPrefix("settings.") ? String(field.dropFirst("settings.".count)) : field
        if let label = labels[name] { return label }
        if let setting = Setting.allCases.first(where: { $0.key == name }) { return setting.title }
        // What is inside of a field is named by its user: `environment_variables.OMP_NUM_THREADS`.
        if let parent = Setting.allCases.first(where: { name.hasPrefix($0.key + ".") }) {
            return "\(parent.title) \(name.dropFirst(parent.key.count + 1))"
        }
        let isKey = name.allSatisfy { ($0.isASCII && $0.isLowercase) || $0 == "_" }
        guard isKey, let first = name.first else { return name }
        return String(first).uppercased() + name.dropFirst().split(separator: "_").joined(separator: " ")
    }
}

extension Problem {
    /// Maximum characters of a value that a message repeats: the rest would push the rule out of sight.
    private static let maxValueLength = 60

    /// The problem in the words of forms: the field's label, the value where it is short enough, the rule.
    var studioText: String {
        var text = location.map { "\($0): " } ?? ""
        text += FieldLabel.label(of: field)
        if let value { text += " is '\(value.shortened(to: Self.maxValueLength))': it" }
        text += " " + rule + (rule.hasSuffix("?") ? "" : ".")
        if let example { text += " Example: \(example)" }
        return text.withoutCommands
    }
}

extension String {
    /// The beginning and the end of a long text.
    fileprivate func shortened(to count: Int) -> String {
        guard self.count > count else { return self }
        return prefix(count * 2 / 3) + "…" + suffix(count / 3)
    }
}
