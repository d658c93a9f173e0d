import BatchDomain
import TerminalKit

/// Registers a Python environment from a file.
struct CreateEnvironmentForm: FormKind {
    let route = Route.createEnvironment
    let title = "Create environment"

    func fields() -> [FormField] {
        [
            .name("sklearn-env"),
            .version,
            FormField(
                "file",
                "Conda or pip file",
                .text(),
                help: "conda.yaml, or requirements.txt for pip. It is read now and built when a job needs it.",
                isRequired: true
            ),
            .description(),
            .tags(),
        ]
    }

    func problems(_ form: Form) -> [Problem] {
        let version = form.optional("version").map { NameRule.version.problems(in: $0, field: "version") }
        return NameRule.environment.problems(in: form.text("name")) + (version ?? [])
    }

    func useCase(_ form: Form, changed: Set<String>) -> UseCase {
        .createEnvironment(
            EnvironmentDraft(
                name: form.text("name"),
                version: form.optional("version"),
                description: form.text("description"),
                tags: form.labels("tags"),
                file: form.text("file")
            )
        )
    }

    /// The file's field for what is not right in the file, whatever key it has there.
    func field(of problem: Problem) -> String { "file" }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) {
        guard case .environment(let asset) = outcome else { return ("The environment is created.", nil) }
        return ("Environment \(asset.name):\(asset.version) is created.", .environment(asset.id))
    }
}
