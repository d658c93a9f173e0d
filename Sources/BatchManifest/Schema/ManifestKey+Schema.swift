import BatchDomain

extension ManifestKey.Values {
    /// Its effect, where it is a setting's.
    var help: String? {
        if case .setting(let setting) = self { setting.help } else { nil }
    }

    /// The JSON Schema of the values; a key that must be there can't be empty.
    func schema(isRequired: Bool) -> ManifestValue {
        switch self {
        case .text: ManifestValue.scalar(isNullable: !isRequired)
        case .choice(let words): .words(words)
        case .name(let rule): .name(rule)
        case .wholeNumber: .wholeNumber()
        case .number:
            ["anyOf": [["type": "number"], ["type": "string", "pattern": #"^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$"#]]]
        case .size: .size(orOneOf: [])
        case .span:
            ["anyOf": [["type": "integer", "minimum": 0], ["type": "string", "pattern": .string(SpanText.pattern)]]]
        case .labels: .labels
        case .list:
            [
                "anyOf": [
                    ManifestValue.scalar(isNullable: !isRequired),
                    .list(of: .scalar(isNullable: false), atLeastOne: false),
                ]
            ]
        case .fileOrContent: ["type": ["string", "object"]]
        case .mapping: [:]
        case .setting(let setting): setting.schema
        }
    }
}

extension Setting {
    /// The JSON Schema of its values, with its default.
    fileprivate var schema: ManifestValue {
        let schema: ManifestValue =
            switch values {
            case .wholeNumber(let minimum, _): .wholeNumber(minimum: minimum)
            case .choice(let words): .words(words)
            case .fileName: ["type": "string", "pattern": "^[^/]+$"]
            case .memory: .size(orOneOf: [])
            case .splitting: .size(orOneOf: ["auto", "never"])
            case .dictionary: .labels
            case .readOptions: .readOptions
            }
        let preset: ManifestValue =
            if case .wholeNumber = values, let number = Int(defaultText) {
                .int(number)
            } else if let truth = Bool(defaultText) {
                .bool(truth)
            } else {
                .string(defaultText)
            }
        return .mapping((schema.entries ?? []) + [.init("default", preset)]).withoutEmpty
    }
}

extension ReadOption {
    /// The JSON Schema of its values.
    fileprivate var schema: ManifestValue {
        switch kind {
        case .choice(let words): .words(words)
        case .character(let words):
            [
                "anyOf": [
                    ["type": "string", "maxLength": 1], ["enum": .list((words + ["tab", "\\t"]).map { .string($0) })],
                ]
            ]
        case .encoding, .text, .partitionFormat: .scalar(isNullable: false)
        case .truth: .words(["true", "false"])
        case .wholeNumber(let minimum): .wholeNumber(minimum: minimum)
        case .texts(let areNames): .list(of: .scalar(isNullable: false), atLeastOne: areNames)
        case .names: .columns(of: .scalar(isNullable: false))
        case .choices(let words): .columns(of: .words(words))
        case .dateFormats:
            [
                "anyOf": [
                    ["type": "string"],
                    .columns(of: ["anyOf": [["type": "string"], .list(of: ["type": "string"], atLeastOne: true)]]),
                ]
            ]
        }
    }
}

extension ManifestValue {
    /// Text, or what YAML takes for a number or a truth value, which readers take as written.
    fileprivate static func scalar(isNullable: Bool) -> ManifestValue {
        let types: [ManifestValue] = ["string", "number", "boolean"]
        return ["type": .list(types + (isNullable ? ["null"] : []))]
    }

    /// A name or a version, whose lengths and characters are bound where it is no number.
    fileprivate static func name(_ rule: NameRule) -> ManifestValue {
        [
            "type": ["string", "number"], "minLength": .int(rule.lengths.lowerBound),
            "maxLength": .int(rule.lengths.upperBound), "pattern": .string(rule.pattern),
        ]
    }

    /// A whole number, with quotes or without.
    fileprivate static func wholeNumber(minimum: Int? = nil) -> ManifestValue {
        let number = ManifestValue.mapping([
            .init("type", "integer"), .init("minimum", minimum.map { .int($0) } ?? .null),
        ])
        return ["anyOf": [number.withoutEmpty, ["type": "string", "pattern": "^[-+]?[0-9]+$"]]]
    }

    /// One of these words; true and false are truth values where they have no quotes.
    fileprivate static func words(_ words: [String]) -> ManifestValue {
        let isTruth = words == ["true", "false"]
        return ["enum": .list((isTruth ? [true, false] : []) + words.map { .string($0) })]
    }

    /// A size in bytes, or one of these words.
    fileprivate static func size(orOneOf words: [String]) -> ManifestValue {
        let units = ByteSize.unitNames.joined(separator: "|")
        let size: [ManifestValue] = [
            ["type": "integer", "minimum": 1],
            ["type": "string", "pattern": .string("^[0-9]+(\\.[0-9]+)? *(\(units))?$")],
        ]
        return ["anyOf": .list(size + (words.isEmpty ? [] : [["enum": .list(words.map { .string($0) })]]))]
    }

    /// Names with texts.
    fileprivate static var labels: ManifestValue {
        ["type": ["object", "null"], "additionalProperties": scalar(isNullable: true)]
    }

    /// Columns with a value each.
    fileprivate static func columns(of value: ManifestValue) -> ManifestValue {
        ["type": "object", "additionalProperties": value]
    }

    fileprivate static func list(of value: ManifestValue, atLeastOne: Bool) -> ManifestValue {
        ["type": "array", "items": value, "minItems": atLeastOne ? 1 : 0]
    }

    /// The read options, each with its effect.
    fileprivate static var readOptions: ManifestValue {
        let options = ReadOption.allCases.map { option in
            Entry(option.key, .mapping([.init("description", .string(option.help))] + (option.schema.entries ?? [])))
        }
        return ["type": ["object", "null"], "properties": .mapping(options), "additionalProperties": false]
    }
}
