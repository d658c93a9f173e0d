import Foundation
import TestSupport

/// Everything that is in a workspace, as lines: each table's rows, and each file with its permissions and content.
enum WorkspaceDump {
    /// The lines for the workspace in a folder.
    ///
    /// Left out are the database's own files, which the rows stand for, empty folders and lock files, and the identity of a copied
    /// database, which is a number on the disk. The order of keys in a JSON file says nothing.
    static func lines(of folder: String) throws -> [String] {
        let text = String(decoding: try runPython(program, [folder + "/workspace"]), as: UTF8.self)
        return withoutRandomNames(text).split(separator: "\n").map(String.init).sorted()
    }

    /// The text with GUIDs and made-up display names replaced: they differ from run to run.
    static func withoutRandomNames(_ text: String) -> String {
        text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "GUID")
            .replacing(/'[a-z]+_[a-z]+_[0-9a-z]{8}'/, with: "'DISPLAY_NAME'")
    }

    private static let program = """
        import json, os, sqlite3, sys
        workspace = sys.argv[1]
        database = sqlite3.connect(workspace + "/studio.sqlite")
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            if table != "workspaceIdentity":
                cursor = database.execute('SELECT * FROM "%s"' % table)
                columns = [column[0] for column in cursor.description]
                for row in cursor:
                    print("%s: %s" % (table, ", ".join("%s=%r" % pair for pair in zip(columns, row))))
        for folder, _, names in os.walk(workspace):
            if names:
                print("folder %s %o" % (os.path.relpath(folder, workspace), os.stat(folder).st_mode))
            for name in names:
                path = os.path.join(folder, name)
                if name.startswith("studio.sqlite") or name.endswith(".lock"):
                    continue
                with open(path, "rb") as file:
                    content = file.read()
                if name.endswith(".json"):
                    content = json.dumps(json.loads(content.decode()), sort_keys=True)
                print("file %s %o %r" % (os.path.relpath(path, workspace), os.stat(path).st_mode, content))
        """
}
