import BatchDomain
import Foundation
import GRDB
import Glibc

/// Makes the paths that earlier versions stored relative to the workspace's folder.
///
/// The workspace may have been moved or copied since they were written. The old folder is known by the default datastore, which
/// has lain at `blobs` in it from the start. A path below it that leads nowhere here, but still does there, stays as it is: an
/// earlier version that ran in a copy has written its output into the original.
struct PathMigration {
    private let folder: WorkspaceFolder
    private let here: [String]
    private let old: String?

    init(_ db: Database) throws {
        folder = try db.workspaceFolder
        here = [folder.path, folder.realPath]
        let blobs = try String.fetchOne(db, sql: "SELECT path FROM datastore WHERE name = 'workspaceblobstore'")
        old = blobs.flatMap { $0.hasSuffix("/blobs") ? String($0.dropLast("/blobs".count)) : nil }
    }

    /// Rewrites all paths.
    func run(_ db: Database) throws {
        let function = DatabaseFunction("relativePath", argumentCount: 2) { values in
            String.fromDatabaseValue(values[0]).map { relative($0, probing: String.fromDatabaseValue(values[1])) }
        }
        db.add(function: function)
        defer { db.remove(function: function) }
        try db.execute(sql: Self.statements)
    }

    /// The path as it is stored from now on; `name` is what lies in it, if the folder alone says nothing.
    private func relative(_ path: String, probing name: String?) -> String {
        if let inside = StoredPath.relative(path, to: here) { return inside }
        guard let old, let inside = StoredPath.relative(path, to: [old]) else { return path }
        let rest = name.map { "/" + $0 } ?? ""
        let isLeftBehind = !Self.exists(folder.path + "/" + inside + rest) && Self.exists(path + rest)
        return isLeftBehind ? path : inside
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static let statements = """
        UPDATE datastore SET path = 'blobs' WHERE name = 'workspaceblobstore';
        UPDATE datastore SET path = relativePath(path, NULL) WHERE path <> '';
        UPDATE model SET path = relativePath(path, NULL);
        UPDATE dataAsset SET path = json_set(path, '$.local._0', relativePath(path ->> '$.local._0', NULL))
            WHERE path ->> '$.local._0' IS NOT NULL;
        UPDATE deployment SET scoring =
                json_set(scoring, '$.script._0.folder', relativePath(scoring ->> '$.script._0.folder', NULL))
            WHERE scoring ->> '$.script._0.folder' IS NOT NULL;
        UPDATE job SET outputFolder = relativePath(outputFolder, specification ->> '$.output.fileName'),
            specification = json_set(
                specification,
                '$.modelPath', relativePath(specification ->> '$.modelPath', NULL),
                '$.input.path', relativePath(specification ->> '$.input.path', NULL),
                '$.output.folder',
                    relativePath(specification ->> '$.output.folder', specification ->> '$.output.fileName'));
        UPDATE job SET specification = json_set(
                specification,
                '$.scoring.script._0.folder', relativePath(specification ->> '$.scoring.script._0.folder', NULL))
            WHERE specification ->> '$.scoring.script._0.folder' IS NOT NULL;
        UPDATE job SET specification = json_set(
                specification,
                '$.input.reference.local._0', relativePath(specification ->> '$.input.reference.local._0', NULL))
            WHERE specification ->> '$.input.reference.local._0' IS NOT NULL;
        """
}
