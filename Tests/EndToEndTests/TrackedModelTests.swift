import Foundation
import TestSupport
import Testing

/// Models that a real MLflow keeps on this machine.
@Suite(.serialized) struct TrackedModelTests {
    @Test func `MLflow's default store is found wherever its folder is named`() async throws {
        try await Program.with { program in
            let folder = program.folder + "/pro ject"
            let python = try Repository.python()
            let uris = try program.train(with: python, in: folder)
            #expect(uris.first == "models:/wine/1" && uris.last?.hasPrefix("models:/m-") == true)
            #expect(FileManager.default.fileExists(atPath: folder + "/mlflow.db"))
            #expect(try program.list("--tracking-uri .", in: folder) == uris)
            let variable = "MLFLOW_TRACKING_URI='sqlite:///\(folder)/mlflow.db' "
            #expect(try program.list("", in: program.folder, variable) == uris)
            let run = try program.tracked("--query '[0].run_id' -o tsv", in: folder)
            try program.register(uris + ["models:/wine/latest", "runs:/\(run)/model"], in: folder)
            #expect(try program.tracked("--query '[0].aliases[0]' -o tsv", in: folder) == "champion")
            let refused = try program.shell("cd '\(folder)'; $B model create --name wine --path models:/wine/9")
            #expect(refused.exitCode == 1 && refused.error.contains("version=9"), "\(refused.error)")
        }
    }

    @Test func `A file store is found as a default, by path and by URI`() async throws {
        try await Program.with { program in
            let folder = program.folder + "/50% off"
            let uris = try program.train(
                with: try Repository.python(),
                in: folder,
                "MLFLOW_ALLOW_FILE_STORE=true MLFLOW_TRACKING_URI=mlruns "
            )
            #expect(uris.first == "models:/wine/1" && uris.count == 2)
            let encoded = folder.replacingOccurrences(of: "50% off", with: "50%25%20off")
            #expect(try program.list("--tracking-uri mlruns", in: folder) == uris)
            let variable = "MLFLOW_TRACKING_URI='file://\(encoded)/mlruns' "
            #expect(try program.list("", in: program.folder, variable) == uris)
            try program.register(uris + ["models:/wine/latest"], in: folder)
        }
    }

    @Test func `A database of MLflow 2 is read and not changed`() async throws {
        try await Program.with { program in
            let folder = program.folder + "/old"
            let python = try Repository.python(with: "mlflow<3", "scikit-learn", "sqlalchemy<2.1")
            let uris = try program.train(with: python, in: folder, "MLFLOW_TRACKING_URI=sqlite:///mlflow.db ") {
                FileManager.default.contents(atPath: folder + "/mlflow.db")
            }
            #expect(uris.first == "models:/wine/1" && uris.last?.hasPrefix("runs:/") == true)
            try program.register(uris + ["models:/wine/latest"], in: folder)
        }
    }

    @Test func `A store that was moved is read with the artifacts beside it`() async throws {
        try await Program.with { program in
            let folder = program.folder + "/before"
            let uris = try program.train(with: try Repository.python(), in: folder)
            try FileManager.default.moveItem(atPath: folder, toPath: program.folder + "/after")
            try program.register(uris, in: program.folder + "/after")
        }
    }

    @Test func `A folder without MLflow's tracking is refused and stays as it is`() async throws {
        try await Program.with { program in
            let folder = program.folder + "/empty"
            try write("no database", to: folder + "/notes.txt")
            for place in [".", "nowhere", "notes.txt", "sqlite:///notes.txt", "sqlite:///none.db"] {
                let answer = try program.shell("cd '\(folder)'; $B model list --tracking --tracking-uri \(place)")
                #expect(answer.exitCode == 1 && answer.error.contains("no MLflow tracking"))
            }
            let answer = try program.shell("cd '\(folder)'; env -u MLFLOW_TRACKING_URI $B model list --tracking")
            #expect(answer.exitCode == 1)
            #expect(answer.error.contains("mlflow.db nor mlruns"), "\(answer.error)")
            _ = try runPython(
                "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('CREATE TABLE a (b)')",
                [folder + "/x.db"]
            )
            let foreign = try program.shell("cd '\(folder)'; $B model list --tracking --tracking-uri x.db")
            #expect(foreign.exitCode == 1 && foreign.error.contains("not an MLflow database"), "\(foreign.error)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["notes.txt", "x.db"])
        }
    }
}
