import BatchDomain
import Foundation
import TestSupport
import Testing

/// `doctor --repair` and a disk that refuses the new database.
struct RepairTests {
    @Test func `A repair that fails half-way leaves the damaged database for the next`() async throws {
        try await Program.with { program in
            let used = WorkspaceFolder(path: program.folder + "/used")
            let place = WorkspaceFolder(path: program.workspace)
            try await SampleWorkspace.fill(used, jobs: 20)
            try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: true)
            // A copy: this process has the other one open.
            let damage = """
                import os, sqlite3, sys
                sqlite3.connect(sys.argv[1]).execute("VACUUM INTO ?", sys.argv[2:])
                sqlite3.connect(sys.argv[2]).execute("PRAGMA journal_mode = WAL")
                size = os.path.getsize(sys.argv[2])
                with open(sys.argv[2], "r+b") as file:
                    file.seek(size // 4096 // 2 * 4096)
                    file.write(bytes(4096))
                print(size)
                """
            let printed = String(decoding: try runPython(damage, [used.database, place.database]), as: UTF8.self)
            let size = try #require(Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)))
            for name in ["models", "code", "jobs"] {
                try FileManager.default.moveItem(atPath: used.path + "/" + name, toPath: place.path + "/" + name)
            }
            // No file may grow beyond half of the database.
            #expect(try program.shell("ulimit -f \(size / 2 / 512); $B doctor --repair").exitCode != 0)
            let found = try program.run("doctor", "--query", "[?name=='database'].found", "-o", "tsv").line
            #expect(found.contains("is damaged"), "\(found)")
            _ = try program.succeed("doctor", "--repair")
            #expect(try program.succeed("batch-endpoint", "list", "--query", "length(@)") == "3")
            let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
            #expect(!names.contains { $0.contains("repair") }, "\(names)")
        }
    }
}
