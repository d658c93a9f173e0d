extension DeploymentDraft {
    /// Returns the problem of a model whose files do not say which packages it needs.
    package static func noEnvironment(of model: String, _ mlflow: MLflowModel) -> Problem {
        let files = mlflow.environments.map(\.file)
        let cause =
            files.isEmpty
            ? "\(model) has none of the files conda.yaml, python_env.yaml and requirements.txt"
            : "\(files.joined(separator: ", ")) of \(model) names no packages"
        return Problem(
            field: "environment",
            rule: "must be given, since \(cause): add such a file to the model and register it again, "
                + "or name an environment",
            example: "azureml:sklearn-env@latest"
        )
    }

    /// Returns the problem of an environment that is only a container's image.
    package static func imageOnly(_ environment: String, named image: String?) -> Problem {
        Problem(
            field: "environment",
            rule: "must have a conda file: \(environment) names only the image \(image ?? "of a container"), "
                + "and no container is run on this machine",
            example: "conda_file: ./conda.yaml"
        )
    }

    /// Returns the problem of an environment that Azure keeps.
    package static func curated(_ reference: AssetReference) -> Problem {
        Problem(
            field: "environment",
            value: reference.description,
            rule: "is one of Azure's curated environments, whose images are not available on this machine: "
                + "give a conda file",
            example: "conda_file: ./conda.yaml"
        )
    }
}
