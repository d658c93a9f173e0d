import TerminalKit

/// A row of the review.
enum WizardReviewRow: Equatable {
    case heading(String)
    case value(step: Int, field: String, label: String, text: String, isDefault: Bool, problem: String?)
    case text(String, Role)
    case code(String)

    /// True when the cursor can stand on it.
    var isChoosable: Bool {
        switch self {
        case .value, .code: true
        case .heading, .text: false
        }
    }
}

extension WizardPage {
    /// Everything that was entered by step, then the same as YAML and commands.
    var reviewRows: [WizardReviewRow] { reviewRows(withScript: true) }

    /// The rows of the review; the script stands beside it where there is a preview.
    func reviewRows(withScript hasScript: Bool) -> [WizardReviewRow] {
        let problems = problems
        var rows: [WizardReviewRow] = []
        for step in wizard.steps.indices.dropLast() {
            rows.append(.heading("\(step + 1) \(wizard.steps[step])"))
            let fields = wizard.fields(of: step).filter(\.isReviewed)
            let form = Form(fields.map(\.field))
            for field in fields {
                let text = form.reviewText(of: field.field)
                rows.append(
                    .value(
                        step: step,
                        field: field.id,
                        label: field.field.label,
                        text: text,
                        isDefault: field.isDefault,
                        problem: problems.first { $0.step == step && $0.field == field.id }?.text
                    )
                )
            }
            if let verdict = wizard.verdict(of: step) { rows.append(.text("  " + verdict.text, verdict.role)) }
        }
        guard problems.isEmpty, hasScript else { return rows }
        rows.append(.heading("The same from a script, y copies it"))
        rows += wizard.script.split(separator: "\n", omittingEmptySubsequences: false).map { .code(String($0)) }
        return rows
    }
}

extension Form {
    /// A value as the review shows it; what an empty field stands for when it is empty.
    fileprivate func reviewText(of field: FormField) -> String {
        switch field.content {
        case .choice(let options, let selected): options.first { $0.id == selected }?.title ?? "–"
        case .toggle(let isOn): isOn ? "yes" : "no"
        case .pairs: pairs(field.id).map { "\($0.key)=\($0.value)" }.joined(separator: ", ").orDash
        // What stands in an empty field is its default, an example where there is none.
        case .text where text(field.id).isEmpty:
            field.placeholder.hasPrefix("for example") ? "–" : field.placeholder.orDash
        case .text, .integer, .readOnly: text(field.id)
        }
    }
}

extension String {
    fileprivate var orDash: String { isEmpty ? "–" : self }
}
