package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Registers a data asset; the data stays where it is.
    ///
    /// - Throws: ``ValidationError`` for names and paths; ``StudioError`` when the version exists or the place does not.
    package func register(_ registration: DataRegistration) async throws -> DataAsset {
        var problems = NameRule.data.problems(in: registration.name)
        if let version = registration.version {
            problems += NameRule.version.problems(in: version, field: "version")
        }
        switch registration.path {
        case .asset: problems.append(DataRegistration.notAPlace(registration.path.description))
        case .local(let path):
            if let found = DataAsset.Kind(at: path) {
                problems += registration.kindProblems(found, at: path)
            } else {
                problems.append(DataRegistration.missing(path))
            }
        case .datastore: break
        case .url(let text):
            do {
                // What is stored is what is shown; a secret in it would be both.
                if try !RemoteAddress(text, field: "path").credentials.isEmpty { problems.append(Self.signed(text)) }
            } catch {
                problems.append(error)
            }
        }
        if registration.kind == .table, registration.table == nil {
            problems.append(
                Problem(
                    field: "type",
                    value: registration.kind.rawValue,
                    rule: "must have its MLTable file on this machine: remote tables are not read",
                    example: DataAsset.Kind.folder.rawValue
                )
            )
        }
        try ValidationError.throwIfAny(problems)
        let createdAt = now()
        return try await database.write { db in
            if let path = try Self.localPath(of: registration.path, db) {
                guard let found = DataAsset.Kind(at: path) else {
                    throw StudioError(
                        .notFound,
                        "There is no file or folder at \(path).",
                        advice: "Check the asset's path."
                    )
                }
                try SpecialFile.refuse(path)
                try ValidationError.throwIfAny(registration.kindProblems(found, at: path))
            }
            let asset = DataAsset(
                name: registration.name,
                version: try DataAsset.nextVersion(db, name: registration.name, wanted: registration.version),
                kind: registration.kind,
                description: registration.description,
                tags: registration.tags,
                path: registration.path,
                table: registration.kind == .table ? registration.table : nil,
                createdAt: createdAt
            )
            try asset.stored(db).insert(db)
            return asset
        }
    }

    /// The data asset that a reference means.
    package func dataAsset(_ reference: AssetReference) async throws -> DataAsset {
        try await database.read { db in try DataAsset.find(db, reference) }
    }

    /// All versions of all data assets, by name, the newest first.
    package func dataVersions(_ visibility: Visibility = .active) async throws -> [DataAsset] {
        try await versions(visibility)
    }

    /// All versions of one data asset, or the latest version of each; the newest first.
    package func dataAssets(
        named name: String? = nil,
        _ visibility: Visibility = .active
    ) async throws -> [DataAsset] {
        try await latest(of: name, visibility)
    }

    /// Where a datastore path lies on this machine, absolute.
    package func localPath(of path: DatastorePath) async throws -> String {
        try await database.read { db in try Self.localPath(of: path, db) }
    }

    /// Where data lies on this machine, absolute; nil for a remote address.
    package func localPath(of reference: DataReference) async throws -> String? {
        try await database.read { db in try Self.localPath(of: reference, db) }
    }

    private static func signed(_ address: String) -> Problem {
        Problem(
            field: "path",
            value: address.split(separator: "?").first.map { $0 + "?" + Credentials.mask },
            rule:
                "must not hold a signature or key, for it would be stored and shown: make a datastore with credentials",
            example: "azureml://datastores/archive/paths/wine"
        )
    }

    static func localPath(of path: DatastorePath, _ db: Database) throws -> String {
        let datastore = try datastore(path.datastore, db)
        if let remote = datastore.remote {
            throw StudioError(
                .invalidState,
                "The datastore '\(datastore.name)' lies at \(remote.address(of: "")): it is read, not written.",
                advice: "Choose a local one, such as azureml://datastores/workspaceblobstore/paths/NAME."
            )
        }
        return path.path.isEmpty ? datastore.path : datastore.path + "/" + path.path
    }

    /// Where data lies on this machine, absolute; nil for a remote address.
    static func localPath(of reference: DataReference, _ db: Database) throws -> String? {
        switch reference {
        case .asset(let asset): try localPath(of: DataAsset.find(db, asset).path, db)
        case .datastore(let path): try datastore(path.datastore, db).remote == nil ? localPath(of: path, db) : nil
        case .local(let path): path
        case .url: nil
        }
    }

    /// Where data lies that is not on this machine, and the secret that its address carries; nil for local data.
    static func remoteInput(
        of reference: DataReference,
        _ db: Database
    ) throws -> (input: RemoteInput, credentials: Credentials)? {
        switch reference {
        case .asset(let asset):
            return try remoteInput(of: DataAsset.find(db, asset).path, db)
        case .datastore(let path):
            guard let place = try datastore(path.datastore, db).remote else { return nil }
            return (RemoteInput(place: place, path: path.path, datastore: path.datastore), Credentials())
        case .url(let text):
            do {
                let address = try RemoteAddress(text, field: "input")
                return (address.input, address.credentials)
            } catch {
                throw ValidationError(error)
            }
        case .local:
            return nil
        }
    }
}

extension DataAsset.Kind {
    /// What is at a path: a folder or a file; nil for nothing.
    init?(at path: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        self = isFolder.boolValue ? .folder : .file
    }
}

extension DataRegistration {
    /// The problem of a type that is not that of what is at the path; none for a table, whose file says what it is.
    fileprivate func kindProblems(_ found: DataAsset.Kind, at path: String) -> [Problem] {
        if kind == .table || kind == found { return [] }
        let rule = "must be \(found.rawValue): \(path) is a \(found.noun)"
        return [Problem(field: "type", value: kind.rawValue, rule: rule, example: found.rawValue)]
    }
}
