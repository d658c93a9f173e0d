import BatchDomain
import TerminalKit

/// Changes an endpoint's description and tags.
struct EditEndpointForm: FormKind {
    let name: String

    var route: Route { .editEndpoint(name) }
    var title: String { "Edit \(name)" }
    var queries: [Query] { [.endpoint(name)] }

    func fields() -> [FormField] { [] }

    func fields(from content: Content) -> [FormField]? {
        guard case .endpoint(let endpoint, _) = content else { return nil }
        return [
            FormField("name", "Name", .readOnly(endpoint.name)), .description(endpoint.description),
            .tags(endpoint.tags),
        ]
    }

    func problems(_ form: Form) -> [Problem] { [] }

    func useCase(_ form: Form, changed: Set<String>) -> UseCase {
        // Values that were not changed here may have been changed by another process while the form was open: they stay as they are.
        .updateEndpoint(
            EndpointDraft(
                name: name,
                description: changed.contains("description") ? form.text("description") : nil,
                tags: changed.contains("tags") ? form.labels("tags") : nil
            )
        )
    }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) { ("Endpoint \(name) is changed.", nil) }
}
