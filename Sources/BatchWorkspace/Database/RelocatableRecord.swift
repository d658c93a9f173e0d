import BatchDomain
import GRDB

/// A record with paths: what is fetched has absolute ones, what is written must be made by ``stored(_:)`` first.
///
/// ```swift
/// try model.stored(db).insert(db)
/// let model = try Model.find(db, reference)  // model.path is absolute
/// ```
protocol RelocatableRecord: Codable, FetchableRecord, PersistableRecord {
    /// Changes each of its paths.
    mutating func changePaths(_ change: (String) -> String)
}

extension RelocatableRecord {
    private static var folderColumn: String { "workspaceFolder" }

    /// The table's columns, and the workspace's folder, from which stored paths begin.
    static var databaseSelection: [any SQLSelectable] {
        [.allColumns, SQL(sql: "\(Configuration.folderFunction)()").sqlExpression.forKey(folderColumn)]
    }

    init(row: Row) throws {
        self = try FetchableRecordDecoder().decode(Self.self, from: row)
        guard let path = row[Self.folderColumn] as String? else {
            throw StudioError(.workspace, "A query of table '\(Self.databaseTableName)' does not select the folder.")
        }
        let folder = WorkspaceFolder(path: path)
        changePaths { StoredPath(text: $0).path(in: folder) }
    }

    /// The record as it is written: paths inside the workspace are relative to it.
    func stored(_ db: Database) throws -> Self {
        let folder = try db.workspaceFolder
        var record = self
        record.changePaths { StoredPath($0, in: folder).text }
        return record
    }
}

extension Model: RelocatableRecord {
    mutating func changePaths(_ change: (String) -> String) { path = change(path) }
}

extension Datastore: RelocatableRecord {
    mutating func changePaths(_ change: (String) -> String) { path = change(path) }
}

extension DataAsset: RelocatableRecord {
    mutating func changePaths(_ change: (String) -> String) {
        path.changePaths(change)
        if let root = table?.root { table?.root = change(root) }
    }
}

extension Deployment: RelocatableRecord {
    mutating func changePaths(_ change: (String) -> String) { scoring.changePaths(change) }
}

extension JobRecord: RelocatableRecord {
    mutating func changePaths(_ change: (String) -> String) {
        outputFolder = change(outputFolder)
        specification.modelPath = change(specification.modelPath)
        specification.scoring.changePaths(change)
        specification.environment.folder = specification.environment.folder.map(change)
        specification.input.reference.changePaths(change)
        specification.input.path = change(specification.input.path)
        specification.output.folder = change(specification.output.folder)
    }
}

extension Delivery: RelocatableRecord {
    mutating func changePaths(_ change: (String) -> String) {
        if let folder = message.output?.folder { message.output?.folder = change(folder) }
        if let file = message.output?.file { message.output?.file = change(file) }
    }
}

extension DataReference {
    fileprivate mutating func changePaths(_ change: (String) -> String) {
        if case .local(let path) = self { self = .local(change(path)) }
    }
}

extension Scoring {
    fileprivate mutating func changePaths(_ change: (String) -> String) {
        if case .script(var code) = self {
            code.folder = change(code.folder)
            self = .script(code)
        }
    }
}
