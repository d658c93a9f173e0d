/// Where data lies, as a user writes it.
package enum DataReference: Hashable, Sendable, Codable {
    /// A registered data asset.
    case asset(AssetReference)
    /// A path in a datastore: `azureml://datastores/NAME/paths/PATH`.
    case datastore(DatastorePath)
    /// A public address: `https://…`, `wasbs://…`, `abfss://…`, `s3://…`.
    case url(String)
    /// A file or folder of this machine, as typed: absolute, or relative to the folder of the file or shell that named it.
    case local(String)

    /// Recognizes the forms.
    ///
    /// - Throws: ``Problem`` for the field when the text looks like a reference and is none.
    package init(_ text: String, field: String) throws(Problem) {
        if text.isEmpty {
            throw Problem(field: field, rule: "must not be empty", example: "azureml:wine-unlabeled@latest")
        } else if text.utf8.contains(0) {
            throw Problem(field: field, rule: "must not hold a NUL character: the system would cut the path there")
        } else if text.hasPrefix("azureml://") {
            self = .datastore(try DatastorePath(text, field: field))
        } else if text.hasPrefix("azureml:") {
            self = .asset(try AssetReference(text, field: field))
        } else if text.hasPrefix("file://") {
            self = .local(String(text.dropFirst("file://".count)))
        } else if text.contains("://") {
            _ = try RemoteAddress(text, field: field)
            self = .url(text)
        } else {
            self = .local(text)
        }
    }
}

extension DataReference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .asset(let reference): reference.description
        case .datastore(let path): path.description
        case .url(let address): address
        case .local(let path): path
        }
    }
}

/// A path in a datastore, written `azureml://datastores/NAME/paths/PATH`; an empty path is its root.
package struct DatastorePath: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The datastore's name.
    package var datastore: String
    /// The path in it, `/` between parts, no `/` at either end, never leaving the datastore.
    package var path: String

    package init(datastore: String, path: String) {
        self.datastore = datastore
        self.path = path
    }

    /// Reads the written form, short or with subscription, resource group and workspace.
    ///
    /// - Throws: ``Problem`` for the field when it is not of that form or leaves the datastore through `..`.
    package init(_ text: String, field: String) throws(Problem) {
        let parts = text.dropFirst("azureml://".count).split(separator: "/")
        guard text.hasPrefix("azureml://"), let start = parts.firstIndex(of: "datastores"), start + 1 < parts.count
        else {
            throw Problem(
                field: field,
                value: text,
                rule: "must be a path in a datastore",
                example: "azureml://datastores/workspaceblobstore/paths/scores/wine"
            )
        }
        let rest = parts[(start + 2)...]
        self.init(
            datastore: String(parts[start + 1]),
            path: (rest.first == "paths" ? rest.dropFirst() : rest).joined(separator: "/")
        )
        // By bytes, as the system does: a mark that combines with a sign before it must not hide that sign.
        if path.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }) {
            throw Problem(field: field, value: text, rule: "must not leave the datastore through '..'")
        }
    }

    package var description: String { "azureml://datastores/\(datastore)/paths/\(path)" }
}
