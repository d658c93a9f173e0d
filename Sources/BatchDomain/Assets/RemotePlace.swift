/// Where files lie that are not on this machine, without the secrets that open it.
package enum RemotePlace: Hashable, Sendable, Codable {
    /// A container of Azure Blob Storage.
    case azureBlob(AzureContainer)
    /// A bucket of S3, or of a server that speaks its protocol.
    case s3(S3Bucket)
    /// A file or folder of a web server.
    case http(url: String)

    /// The type in YAML.
    package var kind: String {
        switch self {
        case .azureBlob: "azure_blob"
        case .s3: "s3"
        case .http: "http"
        }
    }

    /// The address of a path in the place, for messages.
    package func address(of path: String) -> String {
        let rest = path.isEmpty ? "" : "/" + path
        return switch self {
        case .azureBlob(let container): "\(container.accountURL)/\(container.container)\(rest)"
        case .s3(let bucket): "s3://\(bucket.bucket)\(rest)"
        case .http(let url): path.isEmpty ? url : (url.hasSuffix("/") ? String(url.dropLast()) : url) + rest
        }
    }
}

/// A container of Azure Blob Storage.
package struct AzureContainer: Hashable, Sendable, Codable {
    /// The public cloud's domain.
    package static let defaultEndpoint = "core.windows.net"

    /// The account; nil takes `AZURE_STORAGE_ACCOUNT`.
    package var accountName: String?
    /// The container.
    package var container: String
    /// The cloud's domain, or an emulator's whole address.
    package var endpoint: String
    /// `https` or `http`.
    package var scheme: String

    package init(
        accountName: String?,
        container: String,
        endpoint: String = Self.defaultEndpoint,
        scheme: String = "https"
    ) {
        self.accountName = accountName
        self.container = container
        self.endpoint = endpoint
        self.scheme = scheme
    }

    /// The account's address.
    package var accountURL: String {
        endpoint.contains("://")
            ? endpoint : "\(scheme)://\(accountName ?? "")\(accountName == nil ? "" : ".blob.")\(endpoint)"
    }
}

/// A bucket of S3, or of a server that speaks its protocol.
package struct S3Bucket: Hashable, Sendable, Codable {
    /// The bucket.
    package var bucket: String
    /// The server; nil is Amazon's.
    package var endpointURL: String?
    /// The region; nil takes what the usual variables say.
    package var region: String?

    package init(bucket: String, endpointURL: String? = nil, region: String? = nil) {
        self.bucket = bucket
        self.endpointURL = endpointURL
        self.region = region
    }
}

/// A remote file or folder, as a job reads it.
package struct RemoteInput: Hashable, Sendable, Codable {
    /// The place.
    package var place: RemotePlace
    /// The path in it, without `/` at either end.
    package var path: String
    /// The datastore whose credentials open it; nil for a public address or the usual variables.
    package var datastore: String?

    package init(place: RemotePlace, path: String, datastore: String? = nil) {
        self.place = place
        self.path = path
        self.datastore = datastore
    }

    /// The whole address, for messages.
    package var address: String { place.address(of: path) }

    /// The name of the file or folder itself.
    package var name: String {
        let last = address.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? "input"
        return last.removingPercentEncoding
    }

    /// The kind of an address without a given type: a folder, unless the last part of the address looks like a file's name.
    package var likelyKind: DataAsset.Kind {
        if address.hasSuffix("/") { return .folder }
        if case .http(let url) = place, path.isEmpty, url.split(separator: "/").count <= 2 { return .folder }
        return name.contains(".") && address.split(separator: "/").count > 2 ? .file : .folder
    }
}

extension String {
    /// The text with `%20` and its like as the characters they stand for; as it is where that is no text.
    fileprivate var removingPercentEncoding: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}
