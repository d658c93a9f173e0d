import BatchDomain
import TerminalKit

extension DeploymentWizard {
    private static let script = "read:script"
    private static let requirements = "read:environment"

    var environmentFields: [Field] {
        (canBeGenerated ? [scorer] : []) + (draft.isOwnScript ? code : []) + [environmentField]
            + (canBeGenerated && isGenerated ? [reader] : [])
    }

    /// True when the model can be scored without code.
    private var canBeGenerated: Bool { model?.mlflow != nil || model == nil }

    private var scorer: Field {
        Field.option(
            "scoring",
            "Scoring script",
            \.scoring,
            of: draft,
            standard: .generated,
            help:
                "An MLflow model needs no script: batchstudio generates one, and an environment from the model's files."
        )
    }

    private var code: [Field] {
        [
            .text(
                "code_configuration.code",
                "Code folder",
                \.codeFolder,
                of: draft,
                help: "The folder with your script; all of it is copied when the deployment is created.",
                placeholder: "for example ./code",
                isRequired: true
            ),
            .text(
                "code_configuration.scoring_script",
                "Script",
                \.script,
                of: draft,
                help: "The file in that folder with init() and run(mini_batch).",
                placeholder: "for example batch_driver.py",
                isRequired: true
            ),
        ]
    }

    private var environmentField: Field {
        let own = model?.mlflow == nil ? [] : [FormField.Option("model", "From the model's files")]
        let environments = supplies.environments ?? []
        var field = Field.choice(
            "environment",
            "Environment",
            \.environment,
            of: draft,
            own + environments.map { FormField.Option($0.id.short) },
            help: "The packages that its jobs run with: from the model's files, or a registered environment.",
            isRequired: model?.mlflow == nil
        )
        if !own.isEmpty, case .choice(let options, nil) = field.field.content {
            field.field.content = .choice(options, selected: "model")
        }
        field.store = { form, draft in
            let choice = form.choice("environment") ?? ""
            draft.environment = choice == "model" ? "" : choice
        }
        field.details = Dictionary(environments.map { ($0.id.short, $0.description) }) { first, _ in first }
        field.remedy = .init(
            text: "There are no environments. Create one; what you entered here is kept.",
            verb: "Create environment",
            route: .createEnvironment
        )
        return field
    }

    private var reader: Field {
        .reader(
            "read",
            "Read",
            [
                FormField.Option(Self.script, "The generated script"),
                FormField.Option(Self.requirements, "The environment of the model"),
            ],
            help: "Shows what is generated."
        )
    }

    func reading(_ choice: String) -> WizardReading? {
        switch choice {
        case Self.script: WizardReading(title: "The scoring script that is generated", text: supplies.script)
        case Self.requirements:
            WizardReading(
                title: "The environment of \(draft.model)",
                text: (model?.mlflow?.environments ?? []).map(\.text).joined(separator: "\n\n")
            )
        default: nil
        }
    }

    func notes(of step: Int) -> [String] {
        switch Step(rawValue: step) {
        case .model: model.map { [$0.summary] } ?? []
        case .environment where isGenerated:
            [
                "\(draft.model) is an MLflow model: scoring script and environment are generated, nothing to enter. "
                    + "Its packages: "
                    + SecretMask.masked(model?.mlflow?.environments.first?.requirements.joined(separator: ", ") ?? "–")
            ]
        case .environment where model?.mlflow == nil && model != nil:
            ["\(draft.model) is a \(model?.kind.rawValue ?? "model"): it is scored by your own script."]
        case .compute:
            target.map { ["\($0.name): " + ($0.description.isEmpty ? "no description" : $0.description)] } ?? []
        default: []
        }
    }
}

extension EnvironmentSource {
    /// Its requirements, as text.
    fileprivate var text: String {
        let python = pythonVersion.map { ["python \($0)"] } ?? []
        let lines = leftOut.map { SecretMask.masked($0.text) }
        let passed = lines.isEmpty ? [] : ["", "not installed by pip: " + lines.joined(separator: ", ")]
        return (["# \(file), tried in this order"] + python + requirements.map(SecretMask.masked) + passed)
            .joined(separator: "\n")
    }
}

extension Model {
    /// Its distinction from others, in a line.
    fileprivate var summary: String {
        let flavors = mlflow.map { ", flavors " + $0.flavors.map(\.name).joined(separator: ", ") } ?? ""
        return "\(id.short): \(kind.rawValue)\(flavors). " + description
    }
}
