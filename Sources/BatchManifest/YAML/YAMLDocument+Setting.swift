package import BatchDomain

extension YAMLDocument {
    /// A copy with a value put at a path, as `--set retry_settings.timeout=60` asks for.
    ///
    /// The value is text, or a list or mapping when it begins with `[` or `{` and is no text of read options.
    ///
    /// - Throws: ``ValidationError`` when the path leads through a value that has no keys, or the value is no YAML.
    package func setting(path: String, value: String) throws(ValidationError) -> YAMLDocument {
        let words = ReadOption.wordsForNone(at: path)
        var node = YAMLNode(.scalar(value, isPlain: true))
        if (words ?? ["", "~", "null"]).contains(value) {
            node = YAMLNode(.null)
        } else if words == nil, value.hasPrefix("[") || value.hasPrefix("{") {
            node = try YAMLComposer.compose(value, file: "--set \(path)").withoutLocations()
        }
        return try setting(path: path, to: node)
    }

    /// A copy with a flag's text put at a path; nil leaves the document as it is.
    package func setting(path: String, text: String?) throws(ValidationError) -> YAMLDocument {
        guard let text else { return self }
        return try setting(path: path, to: YAMLNode(.scalar(text, isPlain: false)))
    }

    /// A copy without the key at a path, as `--remove tags.team` asks for; a path that isn't there changes nothing.
    package func removing(path: String) -> YAMLDocument {
        var result = self
        result.root = root.removing(path.split(separator: ".").map(String.init)[...])
        return result
    }

    /// Returns whether there is a value at a path.
    package func has(path: String) -> Bool {
        var node: YAMLNode? = root
        for key in path.split(separator: ".") { node = node?[String(key)] }
        return node.map { !$0.isNull } ?? false
    }

    func setting(path: String, to node: YAMLNode) throws(ValidationError) -> YAMLDocument {
        let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard keys.allSatisfy({ !$0.isEmpty }), !path.contains("[") else {
            throw ValidationError(
                Problem(
                    field: "--set",
                    value: path,
                    rule: "must be keys with '.' between",
                    example: "retry_settings.timeout=60"
                )
            )
        }
        var result = self
        do {
            result.root = try root.setting(keys[...], to: node)
        } catch {
            throw ValidationError(error)
        }
        return result
    }
}

extension YAMLNode {
    fileprivate func setting(_ keys: ArraySlice<String>, to node: YAMLNode) throws(Problem) -> YAMLNode {
        guard let key = keys.first else { return node }
        guard isNull || entries != nil else {
            throw Problem(
                field: "--set \(keys.joined(separator: "."))",
                rule: "can't be set: the value above is \(noun), not a mapping",
                location: location
            )
        }
        var entries = entries ?? []
        let index = entries.firstIndex { $0.key == key }
        let value = try (index.map { entries[$0].value } ?? YAMLNode(.null)).setting(keys.dropFirst(), to: node)
        if let index { entries[index].value = value } else { entries.append(Entry(key: key, value: value)) }
        return YAMLNode(.mapping(entries), at: location)
    }

    fileprivate func removing(_ keys: ArraySlice<String>) -> YAMLNode {
        guard let key = keys.first, let entries else { return self }
        let kept = entries.compactMap { entry -> Entry? in
            if entry.key != key { return entry }
            if keys.count == 1 { return nil }
            return Entry(key: key, location: entry.location, value: entry.value.removing(keys.dropFirst()))
        }
        return YAMLNode(.mapping(kept), at: location)
    }

    fileprivate func withoutLocations() -> YAMLNode {
        switch content {
        case .null, .scalar: YAMLNode(content)
        case .sequence(let elements): YAMLNode(.sequence(elements.map { $0.withoutLocations() }))
        case .mapping(let entries):
            YAMLNode(.mapping(entries.map { Entry(key: $0.key, value: $0.value.withoutLocations()) }))
        }
    }
}
