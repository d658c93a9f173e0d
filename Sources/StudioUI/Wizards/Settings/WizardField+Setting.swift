import BatchDomain
import TerminalKit

extension WizardField {
    /// The field of a setting, as its record describes it; empty stands for what it is without.
    static func setting(
        _ setting: Setting,
        _ path: WritableKeyPath<Draft, TypedSettings>,
        of draft: Draft,
        over base: DeploymentSettings
    ) -> Self {
        let typed = draft[keyPath: path][setting]
        let underneath = setting.text(in: base) ?? ""
        var field = Self(field: FormField(setting.key, setting.title, .readOnly("")), isDefault: typed.isEmpty)
        field.field.help = setting.formHelp(over: base)
        field.store = { form, draft in
            let text = form.text(setting.key)
            draft[keyPath: path][setting] = setting.isChoice && text == underneath ? "" : text
        }
        switch setting.values {
        case .wholeNumber, .fileName, .memory, .splitting:
            field.field.content = .text(typed)
            field.field.placeholder = underneath.isEmpty ? setting.absence : underneath
        case .choice(let words):
            let options = words.map { FormField.Option($0) }
            field.field.content = .choice(options, selected: typed.isEmpty ? underneath : typed)
        case .dictionary:
            field.field.content = .pairs(TextArea(typed))
            field.field.placeholder = "OMP_NUM_THREADS=1"
        case .readOptions:
            field.field.content = .pairs(TextArea(typed))
            field.field.placeholder = "for example delimiter=;"
        }
        return field
    }
}

extension Setting {
    fileprivate var isChoice: Bool {
        if case .choice = values { true } else { false }
    }

    /// Its effect, range, default and name in YAML.
    fileprivate func formHelp(over base: DeploymentSettings) -> String {
        let value = text(in: base).map { " Default \($0)." } ?? ""
        return switch values {
        case .wholeNumber(let minimum, let unit): "\(help) Whole number of \(unit), \(minimum) or more.\(value) \(key)"
        case .memory(let minimum): "\(help) A size such as 2GB, \(ByteSize.exactText(minimum)) or more.\(value) \(key)"
        case .splitting: "\(help) auto, never, or a size such as 64MiB.\(value) \(key)"
        case .readOptions: "\(help) One key=value a line, as rename.Age=age. \(key)"
        case .choice, .fileName, .dictionary: "\(help)\(value) \(key)"
        }
    }
}
