import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkers

struct TrackingPlaceTests {
    private static func with(_ body: (String) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('CREATE TABLE a (b)')"
            try FileManager.default.createDirectory(atPath: folder + "/db", withIntermediateDirectories: true)
            _ = try runPython(code, [folder + "/db/mlflow.db"])
            try write("", to: folder + "/db/mlruns/0/models/m-1/artifacts/MLmodel")
            try write("", to: folder + "/files x/mlruns/0/meta.yaml")
            _ = try runPython(code, [folder + "/files x/mlflow.db"])
            try body(URL(fileURLWithPath: folder).standardizedFileURL.path)
        }
    }

    @Test func `The address is what MLflow makes of a folder, a file or a URI`() async throws {
        try await Self.with { folder in
            let (database, files) = ("sqlite:///\(folder)/db/mlflow.db", "file://\(folder)/files%20x/mlruns")
            for (text, uri) in [
                ("db", database), ("\(folder)/db/", database), ("db/mlflow.db", database), ("file:db", database),
                ("file://\(folder)/db", database), ("sqlite:///db/mlflow.db", database), (database, database),
                ("sqlite:///db/mlflow.db?timeout=5", database + "?timeout=5"),
                ("files x", files), ("files x/mlruns", files), (files, files), ("file:files%20x/mlruns", files),
                ("http://a:b@c/d", "http://a:b@c/d"), ("databricks", "databricks"),
            ] {
                let named = try TrackingPlace(named: text, variables: [:], folder: folder)
                #expect(named.uri == uri, "\(text)")
                let variables = ["MLFLOW_TRACKING_URI": text]
                let set = try TrackingPlace(named: nil, variables: variables, folder: folder)
                #expect(set == named)
            }
        }
    }

    @Test func `Without a name the store of the folder is taken, in MLflow's order`() async throws {
        try await Self.with { folder in
            let none = ["MLFLOW_TRACKING_URI": ""]
            let database = try TrackingPlace(named: nil, variables: none, folder: folder + "/db")
            #expect(database.uri == "sqlite:///\(folder)/db/mlflow.db")
            let files = try TrackingPlace(named: nil, variables: none, folder: folder + "/files x")
            #expect(files.uri == "file://\(folder)/files%20x/mlruns")
        }
    }

    @Test(arguments: [
        ".", "none", "db/mlruns", "files x/mlruns/0/meta.yaml", "sqlite:///none.db", "postgresql://a:b@c/d",
    ])
    func `A place without a store is refused`(_ text: String) async throws {
        try await Self.with { folder in
            let error = #expect(throws: StudioError.self) {
                try TrackingPlace(named: text, variables: [:], folder: folder)
            }
            #expect(error?.code == .notFound && error?.description.contains("a:b") == false)
        }
    }

    @Test func `The password is masked wherever MLflow repeats it`() throws {
        let place = try TrackingPlace(named: "http://ann:pa,ss%40w@host:5/x", variables: [:], folder: "/")
        #expect(place.masked(place.uri) == "http://***@host:5/x")
        #expect(place.masked("no 'pa,ss@w' of pa,ss%40w") == "no '***' of ***")
    }
}
