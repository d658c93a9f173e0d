import BatchDomain

/// The YAML files of a new project, with comments: an endpoint, a deployment of an MLflow model, and the data to score.
///
///     ProjectFiles(base: "wine", modelPath: "./model", dataPath: "./data", schemas: ".batchstudio").all
package struct ProjectFiles: Equatable, Sendable {
    /// A file of the project.
    package struct File: Equatable, Sendable {
        /// Its name in the project's folder.
        package let name: String
        /// Its kind, whose schema its first line names.
        package let kind: ManifestKind
        /// Its text.
        package let text: String
    }

    /// The name that the others begin with: `wine` for `wine-batch` and `wine-mlflow`.
    package let base: String
    /// The model's folder as the deployment names it.
    package let modelPath: String
    /// The data as the data asset names it.
    package let dataPath: String
    /// True when the data is one file.
    package var isOneFile = false
    /// The folder of the schemas, from the project's folder.
    package let schemas: String

    package init(base: String, modelPath: String, dataPath: String, isOneFile: Bool = false, schemas: String) {
        self.base = base
        self.modelPath = modelPath
        self.dataPath = dataPath
        self.isOneFile = isOneFile
        self.schemas = schemas
    }

    /// The endpoint's name.
    package var endpoint: String { base + "-batch" }
    /// The data asset's name.
    package var data: String { base + "-data" }

    /// The files, in the order in which they are used.
    package var all: [File] {
        [file(.endpoint, endpointText), file(.deployment, deploymentText), file(.data, dataText)]
    }

    /// The longest base whose endpoint and deployment have a name that is allowed.
    package static let maxBase = NameRule.endpoint.lengths.upperBound - "-mlflow".count

    private func file(_ kind: ManifestKind, _ text: String) -> File {
        let schema = "# yaml-language-server: $schema=\(schemas)/\(kind.schemaFileName)\n"
        return File(name: kind.rawValue + ".yml", kind: kind, text: schema + text)
    }

    private var endpointText: String {
        """
        # The name that jobs are started on. Create it with: batchstudio batch-endpoint create -f endpoint.yml
        name: \(yaml(endpoint))
        description: \(yaml("Scores files with \(base)."))

        """
    }

    private var deploymentText: String {
        """
        # A model and its settings. Create it with: batchstudio batch-deployment create -f deployment.yml --set-default
        endpoint_name: \(yaml(endpoint))
        name: \(yaml(base + "-mlflow"))
        type: model
        # Registered under this name; a model that is registered already is azureml:NAME@latest.
        model:
          name: \(yaml(base))
          path: \(yaml(modelPath))
        # This machine; a Ray cluster is azureml:NAME of its compute target.
        compute: azureml:local
        settings:
        \(settings)
        """
    }

    private var dataText: String {
        """
        # The files to score. Register them with: batchstudio data create -f data.yml
        name: \(yaml(data))
        # uri_folder for a folder, uri_file for one file, mltable for a folder with an MLTable file.
        type: \(isOneFile ? "uri_file" : "uri_folder")
        path: \(yaml(dataPath))

        """
    }

    /// The settings that are changed first, each with its effect and its default.
    private var settings: String {
        let shown: [Setting] = [
            .miniBatchSize, .maxConcurrencyPerInstance, .outputFileName, .errorThreshold, .maxRetries, .timeout,
        ]
        var above: [String] = []
        var text = ""
        for setting in shown {
            let keys = setting.key.split(separator: ".").map(String.init)
            let parents = Array(keys.dropLast())
            if let parent = parents.last, parents != above { text += "  \(parent):\n" }
            above = parents
            let indentation = String(repeating: "  ", count: keys.count)
            text += "\(indentation)# \(setting.help)\n\(indentation)\(keys.last ?? ""): \(setting.defaultText)\n"
        }
        return text
    }

    private func yaml(_ text: String) -> String { ManifestValue.string(text).inline }
}
