import BatchDomain
import TerminalKit

/// The kind of a form: its fields, their problems, and its action.
protocol FormKind {
    /// Where it is.
    var route: Route { get }
    /// Its title in the breadcrumbs.
    var title: String { get }
    /// The note above the fields, a warning for example.
    var note: String { get }
    /// The queries that must be answered before the fields can be shown.
    var queries: [Query] { get }

    /// The fields as they begin.
    func fields() -> [FormField]
    /// The fields as they begin, from what a query found; nil when that says nothing.
    func fields(from content: Content) -> [FormField]?
    /// The fields that follow from a choice, whose values stay where they keep their names; nil where the fields stay.
    func fields(after form: Form) -> [FormField]?
    /// The problems, by field.
    func problems(_ form: Form) -> [Problem]
    /// Its action; `changed` names the fields whose value is another one than at the beginning.
    func useCase(_ form: Form, changed: Set<String>) -> UseCase
    /// The question before the action; nil asks nothing.
    func question(_ form: Form) -> Dialog?
    /// The field that a problem is shown at, whose own field is one of a file or a command.
    func field(of problem: Problem) -> String
    /// Where it leads when it is done, and what is said.
    func done(_ outcome: Outcome) -> (text: String, route: Route?)
}

extension FormKind {
    var note: String { "" }
    var queries: [Query] { [] }

    func fields(from content: Content) -> [FormField]? { nil }
    func fields(after form: Form) -> [FormField]? { nil }
    func field(of problem: Problem) -> String { problem.field }
    func question(_ form: Form) -> Dialog? { nil }
}

extension Form {
    /// The pairs of a field by key.
    func labels(_ id: String) -> [String: String] {
        pairs(id).reduce(into: [:]) { $0[$1.key] = $1.value }
    }

    /// The text of a field, nil when it is empty.
    func optional(_ id: String) -> String? {
        text(id).isEmpty ? nil : text(id)
    }
}

extension FormField {
    /// The field for free labels.
    static func tags(_ tags: [String: String] = [:]) -> FormField {
        let pairs = tags.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
        return FormField("tags", "Tags", .pairs(pairs), help: "Free labels, a line each: owner=anna")
    }

    /// The field for what a thing is for.
    static func description(_ text: String = "") -> FormField {
        FormField("description", "Description", .text(text), help: "What it is for; shown in lists.")
    }

    /// The field for a name.
    static func name(_ example: String) -> FormField {
        FormField("name", "Name", .text(), help: "For example \(example).", isRequired: true)
    }

    /// The field for a version.
    static let version = FormField(
        "version",
        "Version",
        .text(),
        help: "Leave it empty to count up from the last one.",
        placeholder: "the next one"
    )
}
