import BatchDomain
import FoundationEssentials
import TerminalKit

/// Makes a compute target with a cluster's numbers.
struct CreateComputeForm: FormKind {
    let route = Route.createCompute
    let title = "Create compute target"
    let note = "Jobs run on this machine whatever the numbers say; they keep Azure's scripts and settings valid."

    func fields() -> [FormField] {
        [
            .name("batch-cluster"),
            FormField(
                "max_instances",
                "Most instances",
                .integer(1, in: 1...1000),
                help: "The most that a deployment may ask for, 1 to 1000.",
                isRequired: true
            ),
            FormField("min_instances", "Fewest instances", .integer(0, in: 0...1000), help: "Shown, not used."),
            FormField("size", "Size", .text(), help: "Azure's machine size, shown and not used.", placeholder: "none"),
            .description(),
            .tags(),
        ]
    }

    private func target(_ form: Form) -> ComputeTarget {
        ComputeTarget(
            name: form.text("name"),
            kind: .amlCompute,
            description: form.text("description"),
            tags: form.labels("tags"),
            size: form.optional("size"),
            minInstances: form.integer("min_instances") ?? 0,
            maxInstances: form.integer("max_instances") ?? 1,
            // The workspace keeps the time of an older one of the name; a form has no clock.
            createdAt: Date(timeIntervalSince1970: 0)
        )
    }

    func problems(_ form: Form) -> [Problem] { target(form).problems() }
    func useCase(_ form: Form, changed: Set<String>) -> UseCase { .saveCompute(target(form)) }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) {
        guard case .compute(let target) = outcome else { return ("The compute target is created.", nil) }
        return ("Compute target \(target.name) is created.", .computeTarget(target.name))
    }
}
