import BatchDomain
import Foundation

/// The folder, database or server in which MLflow keeps models.
package struct TrackingPlace: Equatable, Sendable {
    /// Its address as MLflow takes it; paths are absolute.
    package let uri: String

    /// Chooses `named`, else `MLFLOW_TRACKING_URI`, else the file store `mlruns` or the database `mlflow.db` in the folder, in MLflow's own order.
    ///
    /// - Parameters:
    ///   - named: A URI, a folder, or a database's file, as typed.
    ///   - variables: The environment variables.
    ///   - folder: The folder that relative paths start from.
    /// - Throws: ``StudioError`` when MLflow keeps nothing there.
    package init(named: String?, variables: [String: String], folder: String) throws {
        let variable = variables["MLFLOW_TRACKING_URI"].flatMap { $0.isEmpty ? nil : $0 }
        guard let text = named ?? variable else {
            guard let store = Self.store(in: folder) else {
                throw StudioError(
                    .notFound,
                    "There is no MLflow tracking here: neither mlflow.db nor mlruns is in \(folder).",
                    advice: "Name a folder or a server with --tracking-uri or $MLFLOW_TRACKING_URI.",
                    inStudio: "Set $MLFLOW_TRACKING_URI to a folder or a server, and open the studio again."
                )
            }
            uri = store
            return
        }
        if text.hasPrefix(Self.database) {
            let address = text.dropFirst(Self.database.count)
            let path = Self.absolute(String(address.prefix { $0 != "?" }), in: folder)
            guard try Self.isDatabase(path) else { throw Self.missing(at: path, "it is no SQLite database") }
            uri = Self.database + path + address.drop { $0 != "?" }
        } else if text.hasPrefix("file:") || !(text.contains("://") || text == "databricks") {
            uri = try Self.localURI(Self.absolute(Self.path(of: text), in: folder))
        } else if let scheme = ["postgresql", "mysql", "mssql"].first(where: { text.hasPrefix($0) }) {
            throw StudioError(
                .notFound,
                "Can't read MLflow's tracking from a \(scheme) database: only SQLite is read without a server.",
                advice: "Name the address of the MLflow server that keeps its models there."
            )
        } else {
            uri = text
        }
    }

    /// A text without the password that the address has; MLflow's errors quote it.
    package func masked(_ text: String) -> String {
        guard let scheme = uri.firstRange(of: "://") else { return text }
        let authority = uri[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return SecretMask.masked(text) }
        let user = authority[..<at]
        var secrets = [String(user)]
        if let colon = user.firstIndex(of: ":") { secrets.append(String(user[user.index(after: colon)...])) }
        secrets += secrets.compactMap(\.removingPercentEncoding)
        let bare = secrets.filter { !$0.isEmpty }.reduce(text) { $0.replacingOccurrences(of: $1, with: "***") }
        return SecretMask.masked(bare)
    }

    private static let database = "sqlite:///"

    /// The store in a folder, chosen as MLflow does: a file store that has experiments comes first.
    private static func store(in folder: String) -> String? {
        let fileStore = folder + "/mlruns"
        if isFileStore(fileStore) { return fileURI(fileStore) }
        let path = folder + "/mlflow.db"
        return FileManager.default.fileExists(atPath: path) ? database + path : nil
    }

    private static func localURI(_ path: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw missing(at: path, "the path does not exist")
        }
        if !isFolder.boolValue {
            guard try isDatabase(path) else { throw missing(at: path, "the file is no SQLite database") }
            return database + path
        }
        if isFileStore(path) { return fileURI(path) }
        guard let store = store(in: path) else {
            // MLflow makes a store of any folder that it is given.
            throw missing(at: path, "the folder has neither mlflow.db nor mlruns, and no experiments")
        }
        return store
    }

    /// Returns whether a folder has experiments in MLflow's file format; `mlruns` beside a database has artifacts alone.
    private static func isFileStore(_ folder: String) -> Bool {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains {
            $0 == ".trash" || $0.allSatisfy(\.isNumber) && manager.fileExists(atPath: "\(folder)/\($0)/meta.yaml")
        }
    }

    private static func isDatabase(_ path: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw missing(at: path, "it can't be opened: \(String(cString: strerror(errno)))")
        }
        defer { try? file.close() }
        return try file.read(upToCount: 15) == Data("SQLite format 3".utf8)
    }

    private static func missing(at path: String, _ reason: String) -> StudioError {
        StudioError(
            .notFound,
            "There is no MLflow tracking at \(path): \(reason).",
            advice: "Check --tracking-uri or $MLFLOW_TRACKING_URI.",
            inStudio: "Check $MLFLOW_TRACKING_URI."
        )
    }

    private static func path(of text: String) -> String {
        guard text.hasPrefix("file:") else { return text }
        let path = text.dropFirst("file:".count)
        let local = path.hasPrefix("//") ? path.dropFirst(2).drop { $0 != "/" } : path
        return String(local).removingPercentEncoding ?? String(local)
    }

    private static func absolute(_ path: String, in folder: String) -> String {
        URL(fileURLWithPath: path.hasPrefix("/") ? path : folder + "/" + path).standardizedFileURL.path
    }

    private static func fileURI(_ path: String) -> String {
        "file://" + (path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path)
    }
}
