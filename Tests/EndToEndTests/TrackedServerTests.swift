import Foundation
import TestSupport
import Testing

/// Models of a real MLflow server.
@Suite(.serialized) struct TrackedServerTests {
    @Test func `Models of a server are registered, also from its folder when it no longer runs`() async throws {
        try await Program.with { program in
            let folder = program.folder + "/server"
            var uris: [String] = []
            try await MLflowServer.with(in: folder, isProtected: false) { server in
                let variable = "MLFLOW_TRACKING_URI=\(server.url) "
                uris = try program.train(with: try MLflowServer.python(), in: program.folder + "/client", variable)
                #expect(uris.first == "models:/wine/1" && uris.last?.hasPrefix("models:/m-") == true)
                #expect(try program.list("--tracking-uri \(server.url)", in: program.folder) == uris)
                try program.register(uris + ["models:/wine/latest"], in: program.folder, variable)
            }
            try program.register(uris, in: folder)
        }
    }

    @Test func `A protected server takes the password from variables and from the address, and it is not shown`()
        async throws
    {
        try await Program.with { program in
            try await MLflowServer.with(in: program.folder + "/server", isProtected: true) { server in
                let password = MLflowServer.password
                let login = "MLFLOW_TRACKING_USERNAME=admin MLFLOW_TRACKING_PASSWORD=\"\(password)\" "
                let variables = "MLFLOW_TRACKING_URI=\(server.url) " + login
                let uris = try program.train(with: try MLflowServer.python(), in: program.folder + "/client", variables)
                #expect(uris.first == "models:/wine/1")
                try program.register(uris, in: program.folder, variables)
                let url = server.urlWithPassword
                try program.register(uris, in: program.folder, "MLFLOW_TRACKING_URI=\"\(url)\" ")

                let missing = try program.shell("$B model list --tracking --tracking-uri \(server.url)")
                #expect(
                    missing.exitCode == 1 && missing.error.contains("Set MLFLOW_TRACKING_USER")
                )
                let wrong = url.replacingOccurrences(of: "admin:", with: "admin:x")
                for command in ["list --tracking", "create --name wine --path models:/wine/1"] {
                    for (url, code) in [
                        (url, Int32(0)), (wrong, 1), (wrong.replacing("127.0.0.1", with: "no.invalid"), 1),
                    ] {
                        let answer = try program.shell("$B model \(command) --tracking-uri \"\(url)\" --debug")
                        #expect(answer.exitCode == code, "\(answer.error)")
                        let shown = answer.output + answer.error
                        #expect(!shown.contains("ss'w") && !shown.contains("%3A12") && !shown.contains("admin:"))
                        let isRefused = answer.error.contains("refuses the credentials")
                        #expect(isRefused == (url == wrong), "\(answer.error)")
                    }
                }
                #expect(!livesIn(program.workspace, password) && !livesIn(program.workspace, "%3A12"))
            }
        }
    }

    @Test func `A server that accepts connections and says nothing is left after a while`() async throws {
        try await Program.with { program in
            let port = try await withSilentServer { port in
                let began = ContinuousClock.now
                let answer = try program.shell(
                    "MLFLOW_HTTP_REQUEST_TIMEOUT=1 $B model list --tracking --tracking-uri http://127.0.0.1:\(port)"
                )
                #expect(answer.exitCode == 1 && answer.error.contains("does not answer"), "\(answer.error)")
                #expect(ContinuousClock.now - began < .seconds(60))
                return port
            }
            let gone = try program.shell("$B model list --tracking --tracking-uri http://127.0.0.1:\(port)")
            #expect(gone.exitCode == 1 && gone.error.contains("Connection refused"))
        }
    }

    /// Whether a file of a folder holds this text.
    private func livesIn(_ folder: String, _ text: String) -> Bool {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.contains {
            FileManager.default.contents(atPath: folder + "/" + $0)?.range(of: Data(text.utf8)) != nil
        }
    }
}
