/// The content of an MLflow model's `MLmodel` file, as far as pages show it and jobs need it.
package struct MLflowModel: Equatable, Sendable, Codable {
    /// A flavor: a way to load the model, `python_function` or a library's own.
    package struct Flavor: Equatable, Sendable, Codable {
        /// The flavor's name.
        package var name: String
        /// Its settings, flattened to texts, in the file's order.
        package var attributes: [Attribute]

        package init(name: String, attributes: [Attribute]) {
            self.name = name
            self.attributes = attributes
        }
    }

    /// A named setting of a flavor.
    package struct Attribute: Equatable, Sendable, Codable {
        /// The key.
        package var key: String
        /// The value as text; nested values as YAML in one line.
        package var value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// The flavors in the file's order.
    package var flavors: [Flavor]
    /// Input and output schema; many models have none.
    package var signature: ModelSignature?
    /// The MLflow that wrote it.
    package var mlflowVersion: String?
    /// The run that logged it.
    package var runID: String?
    /// The model's own identifier.
    package var modelUUID: String?
    /// When it was written, as MLflow wrote it: UTC, `2026-11-22 13:58:01.123456`.
    package var createdAt: String?
    /// The Python that wrote it: `3.11.7`.
    package var pythonVersion: String?
    /// The file with an example of an input, relative to the model.
    package var inputExample: String?
    /// The environments that its files describe, the one to try first first.
    package var environments: [EnvironmentSource]

    package init(
        flavors: [Flavor],
        signature: ModelSignature? = nil,
        mlflowVersion: String? = nil,
        runID: String? = nil,
        modelUUID: String? = nil,
        createdAt: String? = nil,
        pythonVersion: String? = nil,
        inputExample: String? = nil,
        environments: [EnvironmentSource] = []
    ) {
        self.flavors = flavors
        self.signature = signature
        self.mlflowVersion = mlflowVersion
        self.runID = runID
        self.modelUUID = modelUUID
        self.createdAt = createdAt
        self.pythonVersion = pythonVersion
        self.inputExample = inputExample
        self.environments = environments
    }

    /// True when MLflow can load it as a Python function, which scoring without code needs.
    package var isPythonFunction: Bool { flavors.contains { $0.name == "python_function" } }
}

/// The schema of a model's inputs, outputs and parameters.
package struct ModelSignature: Equatable, Sendable, Codable {
    /// A column, tensor or parameter.
    package struct Field: Equatable, Sendable, Codable {
        /// Its name; columns and tensors may have none.
        package var name: String?
        /// MLflow's type, as text: `double`, `string`, `tensor float64 [-1, 28, 28]`.
        package var type: String
        /// True when an input without it is refused.
        package var isRequired: Bool
        /// A parameter's default.
        package var defaultValue: String?

        /// True for a tensor.
        package var isTensor: Bool { type.hasPrefix("tensor ") }

        package init(name: String?, type: String, isRequired: Bool = true, defaultValue: String? = nil) {
            self.name = name
            self.type = type
            self.isRequired = isRequired
            self.defaultValue = defaultValue
        }
    }

    /// The inputs.
    package var inputs: [Field]
    /// The outputs.
    package var outputs: [Field]
    /// The parameters of `predict`.
    package var parameters: [Field]

    package init(inputs: [Field], outputs: [Field] = [], parameters: [Field] = []) {
        self.inputs = inputs
        self.outputs = outputs
        self.parameters = parameters
    }
}
