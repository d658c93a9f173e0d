import TerminalKit

extension Keymap {
    static let assets: [Binding] = [
        Binding(
            .registerModel,
            ["r", "c"],
            in: .models,
            title: "Register",
            help: "Copies a model from a folder, or from MLflow's tracking, into the workspace.",
            hint: 10
        ),
        Binding(
            .registerModel,
            ["m"],
            in: .home,
            title: "Register model",
            help: "Copies a model from a folder, or from MLflow's tracking, into the workspace.",
            hint: 12
        ),
        Binding(
            .createSample,
            ["s"],
            in: .home,
            title: "Sample",
            help: "Trains a small model, and makes an endpoint for it with data to score.",
            hint: 13,
            isVisible: { $0.page?.refusal(of: .createSample) == nil }
        ),
        Binding(
            .deployModel,
            ["d"],
            in: .models,
            .model,
            title: "Deploy to batch endpoint",
            help: "Steps through a deployment of this model, on a new endpoint or an existing one.",
            hint: 11
        ),
        Binding(
            .deleteModel,
            ["D"],
            in: .models,
            .model,
            title: "Delete",
            help: "Deletes a version of a model that no deployment uses.",
            isDangerous: true,
            hint: 60
        ),
        Binding(
            .registerData,
            ["r", "c"],
            in: .data,
            title: "Register",
            help: "Names a file or folder, so that jobs can read it by name.",
            hint: 10
        ),
        Binding(
            .deleteData,
            ["D"],
            in: .data,
            .dataAsset,
            title: "Delete",
            help: "Deletes a version of a data asset; the data itself stays.",
            isDangerous: true,
            hint: 60
        ),
        Binding(
            .previewData,
            ["f"],
            in: .data,
            .dataAsset,
            title: "First rows",
            help: "Reads the first rows of the data, and shows its columns.",
            hint: 11
        ),
        Binding(
            .compareModel,
            ["m"],
            in: .dataPreview,
            title: "Compare with a model",
            help: "Shows how the columns fit the signature of a model.",
            hint: 10
        ),
        Binding(
            .createEnvironment,
            ["c"],
            in: .environments,
            title: "Create",
            help: "Registers a Python environment from a conda or requirements file.",
            hint: 10
        ),
        Binding(
            .deleteEnvironment,
            ["D"],
            in: .environments,
            .environment,
            title: "Delete",
            help: "Deletes a version of an environment that no deployment uses.",
            isDangerous: true,
            hint: 60
        ),
        Binding(
            .createCompute,
            ["c"],
            in: .computeTargets,
            title: "Create",
            help: "Makes a compute target: Azure's numbers for this machine, or a Ray cluster.",
            hint: 10
        ),
        Binding(
            .deleteCompute,
            ["D"],
            in: .computeTargets,
            .computeTarget,
            title: "Delete",
            help: "Deletes a compute target that no deployment uses.",
            isDangerous: true,
            hint: 12
        ),
        Binding(
            .showArchived,
            ["A"],
            in: .models,
            .data,
            .environments,
            .jobs,
            title: "Archived",
            help: "Lists what is archived, or goes back to what is not.",
            hint: 62
        ),
        Binding(
            .archive,
            ["z"],
            in: .models,
            .data,
            .environments,
            .jobs,
            title: "Archive or restore",
            help:
                "Takes the chosen line, all its versions, out of the list and of choices; among archived ones, brings it back.",
            hint: 61
        ),
        Binding(
            .versions,
            ["v"],
            in: .model,
            .dataAsset,
            .environment,
            title: "Versions",
            help: "Opens another version.",
            hint: 20
        ),
        Binding(
            .users,
            ["u"],
            in: .model,
            .environment,
            .computeTarget,
            title: "Where used",
            help: "Opens an endpoint with a deployment that uses this.",
            hint: 21
        ),
        Binding(
            .copy,
            ["y"],
            in: .endpoint,
            .model,
            .dataAsset,
            .environment,
            .computeTarget,
            .datastore,
            .datastoreFiles,
            .schedule,
            .job,
            .miniBatch,
            .failure,
            .review,
            .output,
            .home,
            .jobs,
            .runs,
            title: "Copy",
            help: "Copies a name, a path, a command or the YAML to the terminal; in a list, the job's name.",
            hint: 30
        ),
    ]
}
