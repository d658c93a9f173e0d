import BatchDomain
import TerminalKit

/// Gives a file or folder a name.
struct RegisterDataForm: FormKind {
    let route = Route.registerData
    let title = "Register data asset"

    func fields() -> [FormField] {
        [
            .name("wine-unlabeled"),
            .version,
            FormField(
                "type",
                "Type",
                .choice(
                    [
                        FormField.Option(DataAsset.Kind.folder.rawValue, "uri_folder · all files of a folder"),
                        FormField.Option(DataAsset.Kind.file.rawValue, "uri_file · one file"),
                        FormField.Option(DataAsset.Kind.table.rawValue, "mltable · files named by an MLTable file"),
                    ],
                    selected: DataAsset.Kind.folder.rawValue
                ),
                help: "← and → choose, space lists them.",
                isRequired: true
            ),
            FormField(
                "path",
                "Path",
                .text(),
                help: "A folder or file of this machine, or azureml://datastores/NAME/paths/PATH. It is not copied.",
                isRequired: true
            ),
            .description(),
            .tags(),
        ]
    }

    private func reference(_ form: Form) throws(Problem) -> DataReference {
        try DataReference(form.text("path"), field: "path")
    }

    func problems(_ form: Form) -> [Problem] {
        var problems = NameRule.data.problems(in: form.text("name"))
        if let version = form.optional("version") {
            problems += NameRule.version.problems(in: version, field: "version")
        }
        do { _ = try reference(form) } catch { problems.append(error) }
        return problems
    }

    func useCase(_ form: Form, changed: Set<String>) -> UseCase {
        .registerData(
            DataRegistration(
                name: form.text("name"),
                version: form.optional("version"),
                kind: form.choice("type").flatMap { DataAsset.Kind(rawValue: $0) } ?? .folder,
                description: form.text("description"),
                tags: form.labels("tags"),
                path: (try? reference(form)) ?? .local(form.text("path"))
            )
        )
    }

    /// The file's field for what is not right in an `MLTable` file.
    func field(of problem: Problem) -> String { "path" }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) {
        guard case .data(let asset) = outcome else { return ("The data asset is registered.", nil) }
        return ("Data asset \(asset.name):\(asset.version) is registered.", .dataAsset(asset.id))
    }
}
