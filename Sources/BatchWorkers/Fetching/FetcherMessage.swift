package import BatchDomain
import Foundation

/// A message from the executor to a fetcher.
package enum FetcherOrder: Sendable {
    /// Where the input is, what opens it, and where things go.
    case open(Opening)
    /// List the input and write the manifest.
    case list(isFolder: Bool, descent: FolderDescent, leavingOut: LeftOutFiles)
    /// Get these files of the listing, for a mini-batch.
    case fetch(id: Int, files: Range<Int>)
    /// The files of a mini-batch are not needed any more.
    case release(id: Int)

    /// The parameters of a fetcher, sent first.
    package struct Opening: Sendable {
        package var job: String
        package var input: RemoteInput
        package var credentials: Credentials
        package var filesFolder: String
        package var reasonsFolder: String
        package var manifest: String
        package var listing: String
        package var cache: String
        package var cacheLimit: Int
        /// Bytes of the largest file that is fetched; nil where the cache is the limit.
        package var maxFileSize: Int?

        package init(
            job: String,
            input: RemoteInput,
            credentials: Credentials,
            filesFolder: String,
            reasonsFolder: String,
            manifest: String,
            listing: String,
            cache: String,
            cacheLimit: Int,
            maxFileSize: Int? = nil
        ) {
            self.job = job
            self.input = input
            self.credentials = credentials
            self.filesFolder = filesFolder
            self.reasonsFolder = reasonsFolder
            self.manifest = manifest
            self.listing = listing
            self.cache = cache
            self.cacheLimit = cacheLimit
            self.maxFileSize = maxFileSize
        }
    }

    /// The message's line, with its line feed.
    var line: Data {
        let fields: [String: Any] =
            switch self {
            case .open(let opening): opening.fields
            case .list(let isFolder, let descent, let leftOut):
                [
                    "op": "list", "is_folder": isFolder, "is_recursive": descent == .everywhere,
                    "partitions": descent == .partitions, "left_out": leftOut.patterns,
                ]
            case .fetch(let id, let files):
                ["op": "fetch", "id": id, "first": files.lowerBound, "count": files.count]
            case .release(let id): ["op": "release", "id": id]
            }
        let data = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
        return (data ?? Data()) + [UInt8(ascii: "\n")]
    }
}

extension FetcherOrder.Opening {
    fileprivate var fields: [String: Any] {
        var secrets: [String: Any] = credentials.values
        if !credentials.headers.isEmpty { secrets["headers"] = credentials.headers }
        var source: [String: Any] = [
            "kind": input.place.kind, "path": input.path, "address": input.address, "credentials": secrets,
        ]
        switch input.place {
        case .azureBlob(let container):
            source["account_name"] = container.accountName
            source["container"] = container.container
            if container.accountName != nil || container.endpoint.contains("://") {
                source["account_url"] = container.accountURL
            }
        case .s3(let bucket):
            source["bucket"] = bucket.bucket
            source["endpoint_url"] = bucket.endpointURL
            source["region"] = bucket.region
        case .http(let url):
            source["url"] = url
        }
        var fields: [String: Any] = [
            "op": "open", "job": job, "source": source, "files": filesFolder, "reasons": reasonsFolder,
            "manifest": manifest, "listing": listing, "cache": cache, "cache_limit": cacheLimit,
        ]
        fields["max_file_size"] = maxFileSize
        return fields
    }
}

/// A message from a fetcher, or its end.
package enum FetcherEvent: Equatable, Sendable {
    /// The manifest is written.
    case listed(Listed)
    /// The input can't be listed, or an order can't be carried out.
    case failed(type: String, message: String)
    /// The files of a mini-batch are on disk, or their reasons are.
    case fetched(id: Int, failed: Int)
    /// It waits.
    case waiting(String)
    /// Its process is gone.
    case ended(String)

    /// The result of a listing.
    package struct Listed: Equatable, Sendable, Decodable {
        /// Files to score.
        package var files: Int
        /// Files that are not data: a part of their path is one of the names left out.
        package var hidden: Int
        /// Folders that were not entered.
        package var folders: Int
        /// All files' size, as far as it is known.
        package var bytes: Int
        /// The names of folders that were not entered, the first of many.
        package var folderNames: [String]?

        private enum CodingKeys: String, CodingKey {
            case files, hidden, folders, bytes
            case folderNames = "folder_names"
        }
    }

    private struct Line: Decodable {
        var op: String
        var type: String?
        var message: String?
        var id: Int?
        var failed: Int?
    }

    /// Reads a line; nil when it is none of these.
    init?(_ line: Data) {
        let decoder = JSONDecoder()
        guard let fields = try? decoder.decode(Line.self, from: line) else { return nil }
        switch fields.op {
        case "listed":
            guard let listed = try? decoder.decode(Listed.self, from: line) else { return nil }
            self = .listed(listed)
        case "failed": self = .failed(type: fields.type ?? "Error", message: fields.message ?? "no reason given")
        case "fetched":
            guard let id = fields.id else { return nil }
            self = .fetched(id: id, failed: fields.failed ?? 0)
        case "waiting": self = .waiting(fields.message ?? "")
        default: return nil
        }
    }
}
