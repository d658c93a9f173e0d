/// A public address taken apart: the place, the path, and the secret that it may carry.
package struct RemoteAddress: Equatable, Sendable {
    /// Where it leads.
    package var input: RemoteInput
    /// A shared access signature or the like, taken out of the address.
    package var credentials: Credentials
    /// The address without the secret: what may be stored and shown.
    package var cleaned: String

    /// The schemes that can be read.
    package static let schemes = ["https", "http", "s3", "wasbs", "wasb", "abfss", "abfs", "az"]

    /// Takes an address apart.
    ///
    /// - Throws: ``Problem`` for the field when nothing here can read it.
    package init(_ text: String, field: String) throws(Problem) {
        guard let end = text.firstRange(of: "://") else { throw Self.unreadable(text, field) }
        let scheme = text[..<end.lowerBound].lowercased()
        var rest = String(text[end.upperBound...])
        if let hash = rest.firstIndex(of: "#"), scheme.hasPrefix("http") { rest = String(rest[..<hash]) }
        var query = ""
        if let mark = rest.firstIndex(of: "?"), scheme != "s3" {
            query = String(rest[rest.index(after: mark)...])
            rest = String(rest[..<mark])
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = String(rest[..<slash])
        // A trailing `/` says that it is a folder.
        let path = String(rest[slash...].drop { $0 == "/" })
        let isSecret = Self.isSecret(query)
        credentials = Credentials()
        cleaned = "\(scheme)://\(rest)" + (query.isEmpty || isSecret ? "" : "?" + query)
        switch scheme {
        case "s3" where !authority.isEmpty:
            input = RemoteInput(place: .s3(S3Bucket(bucket: authority)), path: path)
        case "wasbs", "wasb", "abfss", "abfs", "az":
            let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
            guard let container = parts.first, !container.isEmpty, parts.count <= 2 else {
                throw Self.unreadable(text, field)
            }
            let place = Self.container(String(container), host: parts.count == 2 ? String(parts[1]) : nil)
            input = RemoteInput(place: .azureBlob(place), path: path)
            if isSecret { credentials.values["sas_token"] = query }
        case "https", "http":
            if authority.contains("@") || authority.isEmpty {
                throw Problem(
                    field: field,
                    value: "\(scheme)://\(authority.isEmpty ? "" : "***@…")",
                    rule: "must not hold a user or a password: make a datastore of type http with credentials"
                )
            }
            if scheme == "https", authority.contains(".blob.") || authority.contains(".dfs."),
                authority.hasSuffix(AzureContainer.defaultEndpoint), let first = path.split(separator: "/").first
            {
                let place = Self.container(String(first), host: authority)
                input = RemoteInput(
                    place: .azureBlob(place),
                    path: String(path.dropFirst(first.count).drop { $0 == "/" })
                )
                if isSecret { credentials.values["sas_token"] = query }
            } else {
                let base = "\(scheme)://\(rest)"
                input = RemoteInput(place: .http(url: query.isEmpty || isSecret ? base : base + "?" + query), path: "")
                if isSecret { credentials.values["query"] = query }
            }
        default:
            throw Self.unreadable(text, field)
        }
    }

    /// `ACCOUNT.blob.core.windows.net` names account and cloud; without a host the usual variables name the account.
    private static func container(_ name: String, host: String?) -> AzureContainer {
        guard let host else { return AzureContainer(accountName: nil, container: name) }
        let parts = host.split(separator: ".", maxSplits: 2).map(String.init)
        return parts.count == 3
            ? AzureContainer(accountName: parts[0], container: name, endpoint: parts[2])
            : AzureContainer(accountName: parts.first, container: name)
    }

    /// A signature in a query opens the place to whoever has it.
    private static func isSecret(_ query: String) -> Bool {
        let words = query.lowercased()
        return ["sig=", "signature=", "token=", "key=", "password=", "secret=", "credential="].contains {
            words.contains($0)
        }
    }

    private static func unreadable(_ text: String, _ field: String) -> Problem {
        Problem(
            field: field,
            value: text.split(separator: "?").first.map(String.init),
            rule: "is an address that can't be read: it must begin with "
                + schemes.map { $0 + "://" }.joined(separator: ", "),
            example: "https://example.org/data/"
        )
    }
}
