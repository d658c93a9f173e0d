import BatchDomain

@testable import StudioUI

extension ParityCase {
    private static let wine = DeploymentDraft.ModelChoice.registered(AssetReference(name: "wine"))
    private static let spare = DeploymentDraft.ModelChoice.registered(AssetReference(name: "spare"))
    private static let environment = DeploymentDraft.EnvironmentChoice.registered(AssetReference(name: "sklearn-env"))
    private static let settings: SettingsOverrides = {
        var settings = SettingsOverrides()
        settings.miniBatchSize = 5
        settings.outputFileName = "scores.csv"
        settings.maxRetries = 1
        settings.loggingLevel = .debug
        settings.environmentVariables = ["OMP_NUM_THREADS": "1"]
        return settings
    }()
    private static let command = "batch-deployment create --endpoint-name taxi-tips -n new --set"
    private static let script =
        "model=azureml:spare@latest environment=azureml:sklearn-env@latest code_configuration.code=code "
        + "code_configuration.scoring_script="

    private static func scripted(_ script: String, in folder: String = "code") -> UseCase {
        .deploy(
            DeploymentDraft(
                endpointName: "taxi-tips",
                name: "new",
                model: spare,
                code: ScoringCode(folder: folder, script: script),
                environment: environment
            ),
            setDefault: false
        )
    }

    private static func changed(_ change: (inout DeploymentDraft) -> Void) -> UseCase {
        var draft = DeploymentDraft(endpointName: "taxi-tips", name: "new", model: wine)
        change(&draft)
        return .deploy(draft, setDefault: false)
    }

    static let deploymentChanges = [
        ParityCase(
            "an MLflow model with settings, as the default",
            .deploy(
                DeploymentDraft(
                    endpointName: "taxi-tips",
                    name: "new",
                    description: "Tips.",
                    tags: ["team": "sales"],
                    model: wine,
                    compute: "batch-cluster",
                    settings: settings
                ),
                setDefault: true
            ),
            command + " description=Tips. tags.team=sales model=azureml:wine@latest compute=azureml:batch-cluster "
                + "mini_batch_size=5 output_file_name=scores.csv retry_settings.max_retries=1 logging_level=debug "
                + "environment_variables.OMP_NUM_THREADS=1 --set-default"
        ),
        ParityCase("a script with an environment", scripted("score.py"), command + " " + script + "score.py"),
        ParityCase(
            "the name of an existing one, which is replaced",
            .deploy(DeploymentDraft(endpointName: "taxi-tips", name: "autolog", model: wine), setDefault: false),
            "batch-deployment create --endpoint-name taxi-tips -n autolog --set model=azureml:wine@latest"
        ),
        ParityCase(
            "an existing one with other settings",
            .updateDeployment(
                DeploymentDraft(endpointName: "taxi-tips", name: "autolog", model: wine, settings: settings)
            ),
            "batch-deployment create --endpoint-name taxi-tips -n autolog --set model=azureml:wine@latest "
                + "mini_batch_size=5 output_file_name=scores.csv retry_settings.max_retries=1 logging_level=debug "
                + "environment_variables.OMP_NUM_THREADS=1"
        ),
        ParityCase(
            "an endpoint with its first deployment",
            .createEndpointAndDeploy(
                EndpointDraft(name: "prices", description: "Prices.", tags: ["team": "sales"]),
                DeploymentDraft(endpointName: "prices", name: "first", model: wine, settings: settings)
            ),
            "batch-endpoint create -n prices --set description=Prices. tags.team=sales",
            "batch-deployment create --endpoint-name prices -n first --set model=azureml:wine@latest mini_batch_size=5 "
                + "output_file_name=scores.csv retry_settings.max_retries=1 logging_level=debug "
                + "environment_variables.OMP_NUM_THREADS=1 --set-default"
        ),
    ]

    static let deploymentRefusals = [
        ParityCase(
            "a change of an unknown one",
            .updateDeployment(DeploymentDraft(endpointName: "taxi-tips", name: "nosuch", model: wine)),
            "batch-deployment update --endpoint-name taxi-tips -n nosuch --set description=x"
        ),
        ParityCase(
            "a bad name",
            changed { $0.name = "1_w" },
            "batch-deployment create --endpoint-name taxi-tips -n 1_w --set model=azureml:wine@latest"
        ),
        ParityCase("no model", changed { $0.model = nil }, command + " description="),
        ParityCase(
            "an unknown endpoint",
            changed { $0.endpointName = "nosuch" },
            "batch-deployment create --endpoint-name nosuch -n new --set model=azureml:wine@latest"
        ),
        ParityCase(
            "an unknown model",
            changed { $0.model = .registered(AssetReference(name: "nosuch")) },
            command + " model=azureml:nosuch@latest"
        ),
        ParityCase(
            "an unknown version of a model",
            changed { $0.model = .registered(AssetReference(name: "wine", version: .exact("9"))) },
            command + " model=azureml:wine:9"
        ),
        ParityCase(
            "an unknown environment",
            changed { $0.environment = .registered(AssetReference(name: "nosuch")) },
            command + " model=azureml:wine@latest environment=azureml:nosuch@latest"
        ),
        ParityCase(
            "an unknown compute target",
            changed { $0.compute = "nosuch" },
            command + " model=azureml:wine@latest compute=azureml:nosuch"
        ),
        ParityCase(
            "a number of files below 1",
            changed { $0.settings.miniBatchSize = 0 },
            command + " model=azureml:wine@latest mini_batch_size=0"
        ),
        ParityCase(
            "two numbers out of range",
            changed { ($0.settings.miniBatchSize, $0.settings.timeout) = (0, -3) },
            command + " model=azureml:wine@latest mini_batch_size=0 retry_settings.timeout=-3"
        ),
        ParityCase(
            "more instances than the compute target has",
            changed { ($0.compute, $0.settings.instanceCount) = ("batch-cluster", 9) },
            command + " model=azureml:wine@latest compute=azureml:batch-cluster resources.instance_count=9"
        ),
        ParityCase(
            "an output file for a script that writes its own",
            changed { ($0.settings.outputAction, $0.settings.outputFileName) = (.summaryOnly, "scores.csv") },
            command + " model=azureml:wine@latest output_action=summary_only output_file_name=scores.csv"
        ),
        ParityCase(
            "a custom model without a script",
            changed { $0.model = spare },
            command + " model=azureml:spare@latest"
        ),
        ParityCase("a missing script", scripted("nosuch.py"), command + " " + script + "nosuch.py"),
        ParityCase(
            "a missing folder of scripts",
            scripted("score.py", in: "nosuch"),
            command + " " + script.replacing("code=code", with: "code=nosuch") + "score.py"
        ),
        ParityCase("a script without run()", scripted("no_run.py"), command + " " + script + "no_run.py"),
        ParityCase("a script that is no Python", scripted("no_python.py"), command + " " + script + "no_python.py"),
        ParityCase(
            "an endpoint whose deployment has an unknown model",
            .createEndpointAndDeploy(
                EndpointDraft(name: "prices"),
                DeploymentDraft(
                    endpointName: "prices",
                    name: "first",
                    model: .registered(AssetReference(name: "nosuch"))
                )
            ),
            "batch-endpoint create -n prices",
            "batch-deployment create --endpoint-name prices -n first --set model=azureml:nosuch@latest"
        ),
        ParityCase(
            "an endpoint whose deployment has a bad setting",
            .createEndpointAndDeploy(
                EndpointDraft(name: "prices"),
                DeploymentDraft(endpointName: "prices", name: "first", model: wine, settings: tooFewFiles)
            ),
            "batch-endpoint create -n prices",
            "batch-deployment create --endpoint-name prices -n first --set model=azureml:wine@latest mini_batch_size=0"
        ),
    ]

    private static let tooFewFiles: SettingsOverrides = {
        var settings = SettingsOverrides()
        settings.miniBatchSize = 0
        return settings
    }()
}
