extension DeploymentDraft {
    /// The facts that decide whether a model fits a deployment, registered or not.
    package struct ModelFacts {
        package var name: String
        package var kind: Model.Kind
        package var mlflow: MLflowModel?

        package init(name: String, kind: Model.Kind, mlflow: MLflowModel?) {
            self.name = name
            self.kind = kind
            self.mlflow = mlflow
        }
    }

    /// The problems between a registered model, the scoring code and the environment.
    package func problems(with model: Model) -> [Problem] {
        problems(with: ModelFacts(name: model.id.description, kind: model.kind, mlflow: model.mlflow))
    }

    /// The problems between a model, the scoring code and the environment.
    package func problems(with model: ModelFacts) -> [Problem] {
        if code == nil, model.mlflow == nil {
            return [
                Problem(
                    field: "code_configuration",
                    rule: "must be given for \(model.name), which is a \(model.kind.rawValue): only an mlflow_model is "
                        + "scored without code"
                )
            ]
        }
        if code == nil, let mlflow = model.mlflow, !mlflow.isPythonFunction {
            return [
                Problem(
                    field: "model",
                    value: model.name,
                    rule: "must have the python_function flavor to be scored without code; it has "
                        + mlflow.flavors.map(\.name).joined(separator: ", ")
                )
            ]
        }
        if code != nil, environment == nil, model.mlflow == nil {
            return [
                Problem(
                    field: "environment",
                    rule: "must be given with a scoring script: its packages are not known otherwise",
                    example: "azureml:sklearn-env@latest"
                )
            ]
        }
        if environment == nil, let mlflow = model.mlflow {
            let isKnown =
                code == nil
                ? mlflow.environments.contains { !$0.requirements.isEmpty } : !mlflow.environments.isEmpty
            if !isKnown { return [Self.noEnvironment(of: model.name, mlflow)] }
        }
        return []
    }
}
