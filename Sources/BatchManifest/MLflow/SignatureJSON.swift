import BatchDomain
import FoundationEssentials

/// The JSON in an `MLmodel` file's signature: what is an input, an output or a parameter, in MLflow's own notation.
enum SignatureJSON {
    /// Reads a list of columns, tensors or parameters; an absent one is empty.
    static func fields(
        _ text: String?,
        named name: String,
        file: String
    ) throws(StudioError) -> [ModelSignature.Field] {
        guard let text, !text.isEmpty else { return [] }
        // MLflow writes NaN and Infinity as parameters' defaults, which only JSON5 reads.
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        guard let value = try? decoder.decode(JSONValue.self, from: Data(text.utf8)) else {
            throw StudioError(
                .file,
                "The signature in '\(file)' can't be read: its \(name) are not JSON.",
                advice: "Save the model again with MLflow."
            )
        }
        switch value {
        case .list(let specifications): return specifications.map(field)
        case .null: return []
        default: return [field(value)]
        }
    }

    private static func field(_ specification: JSONValue) -> ModelSignature.Field {
        let isParameter = specification["default"] != nil
        let isOptional = specification["required"] == .bool(false) || specification["optional"] == .bool(true)
        return ModelSignature.Field(
            name: specification["name"]?.text,
            type: type(specification),
            isRequired: !isOptional && !isParameter,
            defaultValue: isParameter ? specification["default"]?.text ?? "null" : nil
        )
    }

    private static func type(_ specification: JSONValue) -> String {
        let tensor = specification["tensor-spec"]
        if tensor != nil || specification["type"]?.text == "tensor" {
            let dtype = tensor?["dtype"]?.text ?? "object"
            return "tensor \(dtype) \(tensor?["shape"]?.text ?? "[]")"
        }
        // Parameters of MLflow 2.5 kept their type under "dtype".
        let name = specification["type"]?.text ?? specification["dtype"]?.text ?? "any"
        switch name {
        case "array": return "array<\(specification["items"].map(type) ?? "any")>"
        case "map": return "map<\(specification["values"].map(type) ?? "any")>"
        case "object": return "object{\(properties(specification["properties"]))}"
        default:
            if let shape = specification["shape"], shape != .null { return "\(name) \(shape.text)" }
            return name
        }
    }

    private static func properties(_ properties: JSONValue?) -> String {
        guard case .mapping(let properties)? = properties else { return "" }
        return properties.sorted { $0.key < $1.key }.map { name, property in
            "\(name): \(type(property))" + (property["required"] == .bool(false) ? " (optional)" : "")
        }.joined(separator: ", ")
    }
}
