package import BatchDomain
package import FoundationEssentials

/// `az ml datastore create -f`: the YAML of a datastore.
package enum DatastoreManifest {
    /// Reads a datastore; `local`, `s3` and `http` are types that Azure does not have.
    ///
    /// - Parameters:
    ///   - document: The YAML.
    ///   - now: When it is made.
    ///   - kept: The credentials of the datastore that is changed: a secret given as `***` stays.
    /// - Returns: The datastore, and apart from it what opens it.
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument,
        now: Date,
        keeping kept: Credentials = Credentials()
    ) throws(ValidationError) -> DatastoreRegistration {
        var fields = try ManifestFields(document, noun: "datastore")
        return try read(&fields, now: now, keeping: kept)
    }

    static func read(
        _ fields: inout ManifestFields,
        now: Date,
        keeping kept: Credentials = Credentials()
    ) throws(ValidationError) -> DatastoreRegistration {
        var datastore = Datastore(
            name: fields.requiredText(
                "name",
                as: .name(.datastore),
                example: NameRule.datastore.example,
                flag: "--name"
            ),
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            createdAt: now
        )
        var credentials = Credentials()
        fields.accept("id", "properties", "creation_context", "is_default")
        switch fields.datastoreKind() {
        case .azureBlob:
            datastore.remote = .azureBlob(fields.azureContainer())
            credentials = fields.secrets(["account_key", "sas_token"], keeping: kept)
            if credentials.values.count > 1 {
                fields.report("credentials", rule: "must be one of account_key and sas_token, not both")
            }
        case .s3:
            let bucket = fields.requiredText("bucket", example: "scores")
            datastore.remote = .s3(
                S3Bucket(bucket: bucket, endpointURL: fields.webAddress("endpoint_url"), region: fields.text("region"))
            )
            credentials = fields.secrets(["access_key_id", "secret_access_key", "session_token"], keeping: kept)
            let isWhole = credentials.values["access_key_id"] != nil && credentials.values["secret_access_key"] != nil
            if !credentials.isEmpty, !isWhole {
                fields.report("credentials", rule: "must hold access_key_id and secret_access_key, both or none")
            }
        case .http:
            if fields.value(at: "url") == nil {
                fields.report("url", rule: "must be given", example: "https://example.org/data/")
            }
            datastore.remote = .http(url: fields.webAddress("url") ?? "")
            fields.require("url")
            credentials = fields.secrets(["token"], keeping: kept)
            credentials.headers = fields.secretHeaders(keeping: kept)
        case .local:
            let path = fields.requiredText("path", example: "/data/wine")
            datastore.path = path.isEmpty ? "" : fields.document.absolute(path)
        case nil:
            // The kind itself is the problem: its keys can't be validated.
            throw ValidationError(fields.problems)
        }
        try fields.finish(valueProblems: NameRule.datastore.problems(in: datastore.name))
        return DatastoreRegistration(datastore: datastore, credentials: credentials)
    }
}

extension DatastoreManifest {
    /// The types of datastores, as files name them.
    enum Kind: String, CaseIterable {
        case azureBlob = "azure_blob"
        case s3
        case http
        case local
    }

    /// The protocols of Azure's storage.
    fileprivate enum Scheme: String, CaseIterable {
        case https
        case http
    }
}

extension ManifestFields {
    fileprivate mutating func datastoreKind() -> DatastoreManifest.Kind? {
        let isAzures = ["azure_file", "azure_data_lake_gen1", "azure_data_lake_gen2", "one_lake"]
            .contains(value(at: "type")?.text?.lowercased() ?? "")
        return requiredChoice(
            "type",
            of: DatastoreManifest.Kind.self,
            rule: isAzures
                ? "is a type of Azure's that can't be read here; Data Lake Gen2 can be, as azure_blob"
                : "must be azure_blob, s3, http or local",
            example: .azureBlob
        )
    }

    fileprivate mutating func azureContainer() -> AzureContainer {
        let account = requiredText("account_name", example: "wineaccount")
        let container = requiredText("container_name", example: "wine")
        let scheme = choice(
            "protocol",
            of: DatastoreManifest.Scheme.self,
            rule: "must be https or http",
            example: .https
        )
        return AzureContainer(
            accountName: account,
            container: container,
            endpoint: text("endpoint") ?? AzureContainer.defaultEndpoint,
            scheme: (scheme ?? .https).rawValue
        )
    }

    /// An address that holds no secret.
    fileprivate mutating func webAddress(_ path: String) -> String? {
        guard let text = text(path) else { return nil }
        let address = attempt(path) { () throws(Problem) in try RemoteAddress(text, field: path) }
        guard let address else { return nil }
        if !address.credentials.isEmpty {
            report(path, rule: "holds a signature or key: give it under credentials, where it is kept apart")
        } else if !text.hasPrefix("http") {
            report(path, value: text, rule: "must begin with https:// or http://", example: "https://example.org")
        }
        return text
    }

    /// Secrets under `credentials`; their values are in no message.
    fileprivate mutating func secrets(_ names: [String], keeping kept: Credentials) -> Credentials {
        var credentials = Credentials()
        // The SDK writes `credentials: none` for public containers.
        if let text = node("credentials", as: .choice(["none"]))?.text {
            if text.lowercased() != "none" {
                report("credentials", rule: "must be a mapping", example: "\(names[0]): …")
            }
            return credentials
        }
        for name in names {
            guard let text = text("credentials." + name), !text.isEmpty else { continue }
            credentials.values[name] = secret(text, at: "credentials." + name, kept.values[name])
        }
        return credentials
    }

    fileprivate mutating func secretHeaders(keeping kept: Credentials) -> [String: String] {
        guard value(at: "credentials")?.text == nil, let given = labels("credentials.headers") else { return [:] }
        return given.reduce(into: [:]) { headers, entry in
            headers[entry.key] = secret(entry.value, at: "credentials.headers", kept.headers[entry.key])
        }
    }

    private mutating func secret(_ text: String, at path: String, _ kept: String?) -> String? {
        if text != Credentials.mask { return text }
        if kept == nil { report(path, rule: "is the mask that stands for a secret, not the secret") }
        return kept
    }
}
