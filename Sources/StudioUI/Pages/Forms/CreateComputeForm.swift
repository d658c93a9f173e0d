import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// Makes a compute target: an Azure cluster's numbers for this machine, or a Ray cluster.
struct CreateComputeForm: FormKind {
    let route = Route.createCompute
    let title = "Create compute target"
    let note =
        "amlcompute: jobs run on this machine whatever the numbers say; they keep Azure's scripts valid. ray: jobs run on a Ray cluster."

    private static let kinds = [
        FormField.Option("amlcompute", "amlcompute · this machine, with Azure's numbers"),
        FormField.Option("ray", "ray · a Ray cluster"),
    ]
    private static let storages = [
        FormField.Option("shared", "shared · all nodes see the workspace and the inputs under the same paths"),
        FormField.Option("ship", "ship · files travel to the nodes"),
    ]
    private static let resources = "resources_per_worker"
    private static let custom = resources + ".custom"

    func fields() -> [FormField] { Self.fields(of: "amlcompute") }

    /// The fields of the type that is chosen now.
    func fields(after form: Form) -> [FormField]? {
        let fields = Self.fields(of: form.choice("type") ?? "amlcompute")
        return fields.map(\.id) == form.fields.map(\.id) ? nil : fields
    }

    private static func fields(of kind: String) -> [FormField] {
        let type = FormField(
            "type",
            "Type",
            .choice(kinds, selected: kind),
            help: "← and → choose, space lists them.",
            isRequired: true
        )
        return [.name("batch-cluster"), type] + (kind == "ray" ? clusterFields : numbers) + [.description(), .tags()]
    }

    private static var numbers: [FormField] {
        [
            FormField(
                "max_instances",
                "Most instances",
                .integer(1, in: 1...1000),
                help: "The most that a deployment may ask for, 1 to 1000.",
                isRequired: true
            ),
            FormField("min_instances", "Fewest instances", .integer(0, in: 0...1000), help: "Shown, not used."),
            FormField("size", "Size", .text(), help: "Azure's machine size, shown and not used.", placeholder: "none"),
        ]
    }

    private static func number(_ id: String, _ label: String, _ value: String) -> FormField {
        FormField(resources + "." + id, label, .text(value), help: "A fraction where workers share one.")
    }

    private static var clusterFields: [FormField] {
        [
            FormField(
                "address",
                "Address",
                .text(),
                help: "HOST:PORT of the head, of which this machine is a node; auto; or local. 10.0.0.5:6379",
                isRequired: true
            ),
            FormField(
                "max_workers",
                "Most workers",
                .integer(8, in: 1...100_000),
                help: "The most that jobs have there at the same time.",
                isRequired: true
            ),
            FormField("storage", "Storage", .choice(storages, selected: "shared"), help: "How nodes get files."),
            number("num_cpus", "Cores a worker", "1"),
            number("num_gpus", "GPUs a worker", "0"),
            FormField(
                resources + ".memory",
                "Memory a worker",
                .text(),
                help: "What Ray counts for it: 2GiB.",
                placeholder: "not counted"
            ),
            FormField(custom, "Other resources", .pairs([]), help: "That nodes were started with, a line each: TPU=1"),
            FormField(
                "ray_version",
                "Ray",
                .text(),
                help: "The cluster's release of Ray.",
                placeholder: RayCluster.defaultRayVersion
            ),
            FormField(
                "python_version",
                "Python",
                .text(),
                help: "The cluster's Python: 3.11.",
                placeholder: "the first on this machine"
            ),
            FormField(
                "node_timeout",
                "Wait for a node",
                .integer(30, in: 0...86_400),
                help: "Seconds to wait for a node that can hold a worker; more where an autoscaler adds nodes."
            ),
        ]
    }

    /// The YAML that the form stands for: the rules of files are the form's.
    private func document(_ form: Form) throws(ValidationError) -> YAMLDocument {
        var document = YAMLDocument()
        for field in form.fields where ![Self.custom, "tags"].contains(field.id) && !form.text(field.id).isEmpty {
            document = try document.setting(path: field.id, text: form.text(field.id))
        }
        for id in [Self.custom, "tags"] {
            for (key, value) in form.labels(id) { document = try document.setting(path: "\(id).\(key)", text: value) }
        }
        return document
    }

    private func target(_ form: Form) throws(ValidationError) -> ComputeTarget {
        // The workspace keeps the time of an older one of the name; a form has no clock.
        try ComputeManifest.read(document(form), now: Date(timeIntervalSince1970: 0))
    }

    func problems(_ form: Form) -> [Problem] {
        do {
            _ = try target(form)
            return []
        } catch {
            return error.problems
        }
    }

    func field(of problem: Problem) -> String {
        problem.field.hasPrefix(Self.custom + ".") ? Self.custom : problem.field
    }

    func useCase(_ form: Form, changed: Set<String>) -> UseCase {
        let empty = ComputeTarget(
            name: form.text("name"),
            kind: .amlCompute,
            createdAt: Date(timeIntervalSince1970: 0)
        )
        return .saveCompute((try? target(form)) ?? empty)
    }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) {
        guard case .compute(let target) = outcome else { return ("The compute target is created.", nil) }
        return ("Compute target \(target.name) is created.", .computeTarget(target.name))
    }
}
