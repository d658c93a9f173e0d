import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport

/// A workspace as the first version left it: its tables and rows, and the files that belong to them.
enum FirstVersion {
    /// The tables are written out, not made by the program: what the first version has made does not change any more.
    private static let build = """
        import sqlite3, sys
        c = sqlite3.connect(sys.argv[1])
        for script in sys.argv[2:]:
            c.executescript(open(script).read())
        c.commit()
        c.close()
        """

    /// The folder of the scoring code that the fixtures name.
    static let code = "code/5c0b1c64-6c0b-4c3e-9d86-2f2b7f7f3e11"

    /// Makes it in a folder, as if it had been made at another.
    ///
    /// - Parameters:
    ///   - place: Where it is made.
    ///   - fixtures: The files with its rows.
    ///   - written: The folder that its rows name; nil for the place itself.
    /// - Throws: What writing and Python throw.
    static func make(at place: WorkspaceFolder, _ fixtures: [String], writtenAt written: String? = nil) throws {
        for path in [place.models, place.code, place.blobs, place.path + "/jobs"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        var scripts: [String] = []
        for name in fixtures {
            let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).sql")
            let sql = try String(contentsOf: fixture, encoding: .utf8)
                .replacingOccurrences(
                    of: "WORKSPACE\\/",
                    with: (written ?? place.path).replacing("/", with: "\\/") + "\\/"
                )
                .replacingOccurrences(of: "WORKSPACE", with: written ?? place.path)
            scripts.append("\(place.path)-\(name).sql")
            try write(sql, to: "\(place.path)-\(name).sql")
        }
        _ = try runPython(build, [place.database] + scripts)
        try write("weights", to: place.models + "/wine/1/wine/model.bin")
        try write("def init(): pass\n", to: place.path + "/\(code)/score.py")
        for job in ["old-job", "script-job"] {
            try write("rows of \(job)\n", to: place.blobs + "/\(job)/score/predictions.csv")
        }
    }
}
