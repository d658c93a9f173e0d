/// A model, data asset or environment as a user names it: `azureml:wine:3`, `azureml:wine@latest`, `wine:3`, `wine`.
package struct AssetReference: Hashable, Sendable, Codable {
    /// Which version is meant.
    package enum Version: Hashable, Sendable, Codable {
        /// The one with this name.
        case exact(String)
        /// The one that was registered last; also what a name without a version means.
        case latest
    }

    /// The asset's name.
    package var name: String
    /// The version meant.
    package var version: Version

    package init(name: String, version: Version = .latest) {
        self.name = name
        self.version = version
    }

    /// The reference that names exactly this version.
    package init(_ version: AssetVersion) {
        self.init(name: version.name, version: .exact(version.version))
    }

    /// Reads one of the written forms; the prefix `azureml:` may be missing.
    ///
    /// - Throws: ``Problem`` for the field when the text is none of the forms.
    package init(_ text: String, field: String) throws(Problem) {
        let body = text.hasPrefix("azureml:") ? text.dropFirst("azureml:".count) : text[...]
        if let at = body.firstIndex(of: "@") {
            guard body[body.index(after: at)...] == "latest" else {
                throw Problem(
                    field: field,
                    value: text,
                    rule: "has the label '\(body[body.index(after: at)...])', but 'latest' is the only one there is",
                    example: "azureml:\(body[..<at])@latest"
                )
            }
            self.init(name: String(body[..<at]))
        } else if let colon = body.firstIndex(of: ":") {
            self.init(name: String(body[..<colon]), version: .exact(String(body[body.index(after: colon)...])))
        } else {
            self.init(name: String(body))
        }
        let isVersionMalformed: Bool
        switch version {
        case .exact(let version): isVersionMalformed = !NameRule.version.problems(in: version).isEmpty
        case .latest: isVersionMalformed = false
        }
        // No asset can have another name: what looks like one may be read as something else the next time.
        if isVersionMalformed || !NameRule.model.problems(in: name).isEmpty {
            throw Problem(
                field: field,
                value: text,
                rule: "must name an asset as azureml:NAME:VERSION or azureml:NAME@latest",
                example: "azureml:wine@latest"
            )
        }
    }
}

extension AssetReference: CustomStringConvertible {
    package var description: String {
        switch version {
        case .exact(let version): "azureml:\(name):\(version)"
        case .latest: "azureml:\(name)@latest"
        }
    }
}

/// One version of one asset, both known.
package struct AssetVersion: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The asset's name.
    package var name: String
    /// The version, "1" for the first unless the user chose another.
    package var version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    package var description: String { "azureml:\(name):\(version)" }
}
