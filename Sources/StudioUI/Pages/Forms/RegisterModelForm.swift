import BatchDomain
import TerminalKit

/// Copies a model from a folder into the workspace.
struct RegisterModelForm: FormKind {
    let route = Route.registerModel
    let title = "Register model"
    let note =
        "! A model is code: loading it, which every job does, runs whatever its files say. Register models you trust."

    func fields() -> [FormField] {
        [
            FormField(
                "path",
                "From",
                .text(),
                help:
                    "For an MLflow model, the folder with its MLmodel file, or where $MLFLOW_TRACKING_URI keeps it. It is copied.",
                placeholder: "a folder, a file, runs:/ID/model or models:/NAME/VERSION",
                isRequired: true
            ),
            .name("wine"),
            .version,
            FormField(
                "type",
                "Type",
                .choice(
                    [
                        FormField.Option(Model.Kind.mlflow.rawValue, "mlflow_model · scored without code"),
                        FormField.Option(Model.Kind.custom.rawValue, "custom_model · scored by your script"),
                    ],
                    selected: Model.Kind.mlflow.rawValue
                ),
                help: "← and → choose, space lists them.",
                isRequired: true
            ),
            .description(),
            .tags(),
        ]
    }

    func problems(_ form: Form) -> [Problem] {
        let version = form.optional("version").map { NameRule.version.problems(in: $0, field: "version") }
        return NameRule.model.problems(in: form.text("name")) + (version ?? [])
    }

    func useCase(_ form: Form, changed: Set<String>) -> UseCase {
        .registerModel(
            ModelDraft(
                name: form.text("name"),
                version: form.optional("version"),
                kind: form.choice("type").flatMap { Model.Kind(rawValue: $0) } ?? .mlflow,
                description: form.text("description"),
                tags: form.labels("tags"),
                path: form.text("path")
            )
        )
    }

    func question(_ form: Form) -> Dialog? {
        Dialog(
            "Register \(form.text("name"))?",
            """
            \(form.text("path"))
            is copied into the workspace. Jobs load it, and loading a model runs code of its files with your rights.
            Do you trust where it comes from?
            """,
            no: DialogButton("no", "Not now"),
            yes: DialogButton("yes", "Register", isDangerous: true)
        )
    }

    /// The file's field for what is not right in the model's files.
    func field(of problem: Problem) -> String { "path" }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) {
        guard case .model(let model) = outcome else { return ("The model is registered.", nil) }
        return ("Model \(model.name):\(model.version) is registered.", .model(model.id))
    }
}
