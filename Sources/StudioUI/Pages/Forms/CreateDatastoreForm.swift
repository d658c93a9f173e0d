import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// Makes a datastore; its fields are the keys of the YAML that `az ml datastore create` reads.
struct CreateDatastoreForm: FormKind {
    let route = Route.createDatastore
    let title = "Create datastore"

    private static let kinds = [
        FormField.Option("local", "local · a folder of this machine"),
        FormField.Option("azure_blob", "azure_blob · a container of Azure Blob Storage"),
        FormField.Option("s3", "s3 · a bucket of S3, or of a server with its protocol"),
        FormField.Option("http", "http · a folder of a web server"),
    ]

    func fields() -> [FormField] { Self.fields(of: "local") }

    /// The fields of the type that is chosen now.
    func fields(after form: Form) -> [FormField]? {
        let fields = Self.fields(of: form.choice("type") ?? "local")
        return fields.map(\.id) == form.fields.map(\.id) ? nil : fields
    }

    private static func fields(of kind: String) -> [FormField] {
        let type = FormField(
            "type",
            "Type",
            .choice(kinds, selected: kind),
            help: "← and → choose, space lists them. Output goes to local ones only.",
            isRequired: true
        )
        return [.name("archive"), type] + places(of: kind) + [.description(), .tags()]
    }

    private static func places(of kind: String) -> [FormField] {
        switch kind {
        case "azure_blob":
            [
                text("account_name", "Account", "The storage account.", isRequired: true),
                text("container_name", "Container", "The container in it.", isRequired: true),
                text(
                    "endpoint",
                    "Endpoint",
                    "The cloud's domain, or an emulator's whole address.",
                    or: "core.windows.net"
                ),
                secret("account_key", "Account key", "One of key and SAS token; none for a public container."),
                secret("sas_token", "SAS token", "A shared access signature."),
            ]
        case "s3":
            [
                text("bucket", "Bucket", "The bucket's name.", isRequired: true),
                text("endpoint_url", "Endpoint", "The server's address, for servers other than AWS.", or: "AWS"),
                text("region", "Region", "The bucket's region.", or: "found out"),
                secret("access_key_id", "Access key", "Both keys, or none: then the usual variables are used."),
                secret("secret_access_key", "Secret key", "The secret access key."),
            ]
        case "http":
            [
                text("url", "Address", "https://example.org/data/", isRequired: true),
                secret("token", "Token", "Sent as Authorization: Bearer."),
            ]
        default:
            [text("path", "Folder", "Made where it does not exist. Its files stay where they are.", isRequired: true)]
        }
    }

    private static func text(
        _ id: String,
        _ label: String,
        _ help: String,
        or placeholder: String = "",
        isRequired: Bool = false
    ) -> FormField {
        FormField(id, label, .text(), help: help, placeholder: placeholder, isRequired: isRequired)
    }

    private static func secret(_ id: String, _ label: String, _ help: String) -> FormField {
        let note = help + " Kept apart, readable by you alone, never shown."
        return FormField(
            "credentials." + id,
            label,
            .text(TextInput("", isSecret: true)),
            help: note,
            placeholder: "none"
        )
    }

    /// The YAML that the form stands for: the rules of files are the form's.
    private func document(_ form: Form) throws(ValidationError) -> YAMLDocument {
        var document = YAMLDocument()
        for field in form.fields where field.id != "tags" && !form.text(field.id).isEmpty {
            document = try document.setting(path: field.id, text: form.text(field.id))
        }
        for (key, value) in form.labels("tags") { document = try document.setting(path: "tags." + key, text: value) }
        return document
    }

    private func registration(_ form: Form) throws(ValidationError) -> DatastoreRegistration {
        // A form has no clock: the time of creation is set where the datastore is made.
        try DatastoreManifest.read(document(form), now: Date(timeIntervalSince1970: 0))
    }

    func problems(_ form: Form) -> [Problem] {
        do {
            _ = try registration(form)
            return []
        } catch {
            return error.problems
        }
    }

    func useCase(_ form: Form, changed: Set<String>) -> UseCase {
        let empty = DatastoreRegistration(
            datastore: Datastore(name: form.text("name"), createdAt: Date(timeIntervalSince1970: 0))
        )
        return .createDatastore((try? registration(form)) ?? empty)
    }

    func done(_ outcome: Outcome) -> (text: String, route: Route?) {
        guard case .datastore(let datastore) = outcome else { return ("The datastore is created.", nil) }
        return ("Datastore \(datastore.name) is created; t tests the connection.", .datastore(datastore.name))
    }
}
