package import BatchDomain

extension ManifestKind {
    /// The JSON Schema (draft 7) of such files, from the keys that their reader asks for.
    ///
    /// It is as strict as the reader, but for two things: words must be written in lower case, and what depends on other files or on
    /// flags is not checked.
    ///
    /// - Throws: Nothing for the kinds that there are.
    package func schema() throws(ValidationError) -> ManifestValue {
        var branches: [(type: String?, schema: ManifestValue)] = []
        for type in types {
            branches.append((type, try SchemaTree(fields(ofType: type)).object(at: [])))
        }
        let head: ManifestValue = [
            "$schema": "http://json-schema.org/draft-07/schema#", "title": .string(title),
        ]
        // The last branch stands for every other type.
        let last = branches.removeLast().schema
        let body = branches.reversed().reduce(last) { rest, branch in
            [
                "if": [
                    "properties": ["type": ["const": ManifestValue(branch.type)]], "required": ["type"],
                ],
                "then": branch.schema,
                "else": rest,
            ]
        }
        return .mapping((head.entries ?? []) + (body.entries ?? []))
    }
}

/// The keys of a kind of file as a tree of JSON Schemas.
struct SchemaTree {
    let fields: ManifestFields

    init(_ fields: ManifestFields) { self.fields = fields }

    /// The schema of the mapping at a path: its keys, and no others.
    func object(at path: [String], isRequired: Bool = true) -> ManifestValue {
        let names = names(at: path)
        let properties = names.filter { $0 != "*" }.map { ManifestValue.Entry($0, value(at: path + [$0])) }
        let required = fields.keys.filter { $0.isRequired && Array($0.path.dropLast()) == path }.compactMap(\.path.last)
        let alternatives = fields.alternatives.filter { $0.allSatisfy { Array($0.dropLast()) == path } }
        // Not nil, which is a value too.
        let others = names.contains("*") ? value(at: path + ["*"]) : false
        return ManifestValue.mapping([
            .init("type", isRequired ? "object" : ["object", "null"]),
            .init("properties", .mapping(properties)),
            .init("patternProperties", silentKeys(at: path, besides: names)),
            .init("required", .list(required.filter { $0 != "*" }.map { .string($0) })),
            .init("anyOf", .list(alternatives.first?.map { ["required": [ManifestValue($0.last)]] } ?? [])),
            .init("maxProperties", names.contains("*") ? 1 : .null),
            .init("additionalProperties", others),
        ]).withoutEmpty
    }

    /// The keys below a path, in the order in which the reader asks for them.
    private func names(at path: [String]) -> [String] {
        var seen: Set<String> = []
        return fields.keys.filter { $0.path.count > path.count && $0.path.starts(with: path) }
            .map { $0.path[path.count] }.filter { seen.insert($0).inserted }
    }

    /// Keys that may be there and say nothing: no editor offers them, as it would properties.
    private func silentKeys(at path: [String], besides names: [String]) -> ManifestValue {
        let silent = fields.known.filter { $0.dropLast() == path[...] }.compactMap(\.last)
            .filter { !names.contains($0) }
        var seen: Set<String> = []
        let words = silent.filter { seen.insert($0).inserted }.map { $0 == "$schema" ? "\\$schema" : $0 }
        return words.isEmpty ? .null : .mapping([.init("^(" + words.joined(separator: "|") + ")$", true)])
    }

    private func value(at path: [String]) -> ManifestValue {
        let own = fields.keys.first { $0.path == path }
        let isRequired = own?.isRequired ?? false
        var schema = own?.values.schema(isRequired: isRequired) ?? .mapping([])
        if fields.keys.contains(where: { $0.path.count > path.count && $0.path.starts(with: path) }) {
            let object = object(at: path, isRequired: isRequired)
            if case .mapping? = own?.values {
                schema = object
            } else {
                schema = own == nil ? object : ["anyOf": [schema, object]]
            }
        }
        let help = own?.values.help ?? KeyHelp.text(of: path)
        return .mapping([.init("description", ManifestValue(help))] + (schema.entries ?? [])).withoutEmpty
    }
}
