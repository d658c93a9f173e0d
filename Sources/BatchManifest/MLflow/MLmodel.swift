package import BatchDomain

/// The `MLmodel` file of an MLflow model.
package enum MLmodel {
    /// Reads the file's text; the environments are in files beside it and stay empty.
    ///
    /// - Throws: ``StudioError`` when it is not YAML, describes no flavor, or its signature is no JSON.
    package static func read(text: String, file: String) throws(StudioError) -> MLflowModel {
        try read(try root(of: text, file: file), file: file)
    }

    /// The inputs of the signature in a model's folder, as the `MLmodel` file has them: JSON in a text; nil without a signature.
    ///
    /// - Throws: ``StudioError`` when there is no such file, or it can't be read.
    package static func signatureInputs(folder: String) throws(StudioError) -> String? {
        let file = folder + "/MLmodel"
        let inputs = try root(of: try TextFile.read(file, inside: folder), file: file)["signature"]?["inputs"]?.text
        return inputs.flatMap { $0.isEmpty || $0 == "null" ? nil : $0 }
    }

    static func root(of text: String, file: String) throws(StudioError) -> YAMLNode {
        do {
            return try YAMLDocument(text: text, file: file).root
        } catch {
            throw StudioError(
                .file,
                "'\(file)' is not an MLmodel file: \(error)",
                advice: "Save the model again with MLflow, or fix the line."
            )
        }
    }

    static func read(_ root: YAMLNode, file: String) throws(StudioError) -> MLflowModel {
        guard let flavors = root["flavors"]?.entries, !flavors.isEmpty else {
            throw StudioError(
                .file,
                "'\(file)' is not an MLmodel file: it has no 'flavors', so nothing says how to load the model.",
                advice: "Save the model again with MLflow."
            )
        }
        let pythonFunction = root["flavors"]?["python_function"]
        return MLflowModel(
            flavors: flavors.map(flavor),
            signature: try signature(root["signature"], file: file),
            mlflowVersion: root["mlflow_version"]?.text,
            runID: root["run_id"]?.text,
            modelUUID: root["model_uuid"]?.text ?? root["model_id"]?.text,
            createdAt: root["utc_time_created"]?.text,
            pythonVersion: pythonFunction?["python_version"]?.text,
            inputExample: root["saved_input_example_info"]?["artifact_path"]?.text
        )
    }

    private static func flavor(_ entry: YAMLNode.Entry) -> MLflowModel.Flavor {
        let attributes = (entry.value.entries ?? []).map { attribute in
            MLflowModel.Attribute(key: attribute.key, value: attribute.value.text ?? attribute.value.inline)
        }
        return MLflowModel.Flavor(name: entry.key, attributes: attributes)
    }

    private static func signature(_ node: YAMLNode?, file: String) throws(StudioError) -> ModelSignature? {
        guard let node, node.entries != nil else { return nil }
        return ModelSignature(
            inputs: try SignatureJSON.fields(node["inputs"]?.text, named: "inputs", file: file),
            outputs: try SignatureJSON.fields(node["outputs"]?.text, named: "outputs", file: file),
            parameters: try SignatureJSON.fields(node["params"]?.text, named: "params", file: file)
        )
    }
}
