import BatchDomain
import TerminalKit

extension JobWizard {
    typealias Field = WizardField<JobAnswers>

    func fields(of step: Int) -> [Field] {
        switch Step(rawValue: step) {
        case .deployment: deploymentFields
        case .data: dataFields
        case .output: outputFields
        case .review, nil: []
        }
    }

    /// The settings that a job may override, Azure's own first.
    static let overridable =
        Setting.allCases.filter { $0.isOverridableInAzure }
        + Setting.allCases.filter { !$0.isOverridableInAzure && ![.outputAction, .readOptions].contains($0) }

    private var deploymentFields: [Field] {
        let options = (deployments ?? []).map { deployment in
            let isDefault = deployment.name == endpoint?.defaultDeployment
            return FormField.Option(deployment.name, deployment.name + (isDefault ? "  ★ default" : ""))
        }
        var choice = Field.choice(
            "deployment",
            "Deployment",
            \.deployment,
            of: draft,
            options,
            help: "The deployment that scores; without a choice, the endpoint's default.",
            isRequired: true
        )
        choice.details = Dictionary((deployments ?? []).map { ($0.name, $0.model.short) }) { first, _ in first }
        choice.remedy = .init(
            text: "Endpoint \(draft.endpoint) has no deployment. Add one; what you entered here is kept.",
            verb: "Add deployment",
            route: .addDeployment(endpoint: draft.endpoint)
        )
        var name = Field.text(
            "display_name",
            "Display name",
            \.displayName,
            of: draft,
            help: "The job's display name; generated when it is empty.",
            placeholder: "generated when empty"
        )
        name.field.remark = "generated"
        let override = Field.toggle(
            "override",
            "Override deployment settings",
            \.isOverriding,
            of: draft,
            help: "Other settings for this job alone."
        )
        let settings = Self.overridable.map { Field.setting($0, \.settings, of: draft, over: base) }
        let tags = Field.pairs("tags", "Tags", \.tags, of: draft, help: "Free labels of the job, one key=value a line.")
        return [.fixed("endpoint", "Endpoint", draft.endpoint), choice, name, override]
            + (draft.isOverriding ? settings : []) + [tags]
    }

    private var dataFields: [Field] {
        let source = Field.option(
            "source",
            "Data source",
            \.source,
            of: draft,
            help: "Where the data lies. Left and right choose."
        )
        switch draft.source {
        case .datastore:
            let help = "A file or folder in the datastore."
            let store = datastore("input_datastore", \.datastore)
            return [
                source, store, path("Path in it", \.datastorePath, help, "wine/unlabeled"), kind, recursion,
                readOptions,
            ]
        case .local:
            let help = "A file or folder of this machine, from the folder on in which the studio was started."
            return [source, path("Path", \.localPath, help, "./data/unlabeled"), kind, recursion, readOptions]
        case .url:
            let help =
                "https://, s3://, abfss:// or wasbs://. AWS_… and AZURE_STORAGE_… as the studio was started with are kept as the job's secrets."
            return [source, path("URL", \.url, help, "https://example.org/wine.csv"), kind, recursion, readOptions]
        case .asset:
            return [source, asset, recursion, readOptions]
        }
    }

    private var readOptions: Field { .setting(.readOptions, \.settings, of: draft, over: base) }

    private func path(
        _ label: String,
        _ path: WritableKeyPath<JobAnswers, String>,
        _ help: String,
        _ example: String
    ) -> Field {
        .text(inputField, label, path, of: draft, help: help, placeholder: "for example \(example)", isRequired: true)
    }

    private func datastore(_ id: String, _ path: WritableKeyPath<JobAnswers, String>) -> Field {
        var field = Field.choice(
            id,
            "Datastore",
            path,
            of: draft,
            datastores.map { FormField.Option($0.name) },
            help: "A named folder of this machine; space opens the list.",
            isRequired: true
        )
        field.details = Dictionary(datastores.map { ($0.name, $0.path) }) { first, _ in first }
        return field
    }

    private var kind: Field {
        Field.option(
            "input_type",
            "Type",
            \.kind,
            of: draft,
            standard: .found,
            help: "Whether it is one file or a folder of files."
        )
    }

    private var recursion: Field {
        Field.option(
            "recursive",
            "Include subfolders",
            \.recursion,
            of: draft,
            standard: .standard,
            help:
                "Whether files of subfolders are scored. Automatic: for scripts yes, for MLflow models no, as Azure does."
        )
    }

    private var asset: Field {
        // The input of the last job comes first.
        let known = assets ?? []
        let assets = known.filter { $0.id.short == lastAsset } + known.filter { $0.id.short != lastAsset }
        var field = Field.choice(
            inputField,
            "Data asset",
            \.asset,
            of: draft,
            assets.map { FormField.Option($0.id.short) },
            help: "Registered data. \(draft.asset.isEmpty ? "Enter" : "Space") or a letter opens the list.",
            isRequired: true
        )
        field.details = Dictionary(
            assets.map { ($0.id.short, $0.kind.rawValue + ($0.id.short == lastAsset ? " · last input" : "")) }
        ) { first, _ in first }
        field.remedy = .init(
            text: "There is no registered data. Register some; what you entered here is kept.",
            verb: "Register data",
            route: .registerData
        )
        return field
    }

    private var outputFields: [Field] {
        let place = Field.option(
            "place",
            "Output location",
            \.place,
            of: draft,
            standard: .standard,
            help: "A folder of its own named after the job, or one that you choose. Left and right choose."
        )
        guard draft.place == .chosen else { return [place] }
        let path = Field.text(
            "output",
            "Path in it",
            \.outputPath,
            of: draft,
            help: "A folder in the datastore; a file that is there already is never overwritten.",
            placeholder: "for example scores/wine",
            isRequired: true
        )
        return [place, datastore("output_datastore", \.outputDatastore), path]
    }

    func notes(of step: Int) -> [String] {
        switch Step(rawValue: step) {
        case .deployment:
            guard let deployment else { return deployments == nil ? ["Looking at the deployments…"] : [] }
            let settings = [Setting.miniBatchSize, .errorThreshold, .timeout].map { setting in
                "\(setting.title) \(setting.words(in: deployment.settings) ?? "–")"
            }
            return [
                "\(deployment.name): model \(deployment.model.short) on \(deployment.compute). "
                    + settings.joined(separator: ", ") + "."
            ]
        case .data:
            guard let asset = assets?.first(where: { $0.id.short == draft.asset }), draft.source == .asset else {
                return check.notes(of: previewRequest)
            }
            return check.notes(of: previewRequest) + [
                "\(asset.id.short) is a \(asset.kind.rawValue): \(asset.path). \(asset.description)"
            ]
        case .output where draft.place == .standard:
            return ["The rows go to \(DatastorePath(datastore: Datastore.defaultName, path: "JOB/score"))."]
        case .output:
            guard let store = datastores.first(where: { $0.name == draft.outputDatastore }) else { return [] }
            return ["The rows go to \(draft.output), which is \(store.path)/\(draft.outputPath) on this machine."]
        default:
            return []
        }
    }
}
