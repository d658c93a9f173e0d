import BatchDomain
import Foundation
import Glibc

/// MLflow's own tracking server on loopback.
package struct MLflowServer: Sendable {
    /// The password of the user `admin` of a protected server, with characters that matter in addresses.
    package static let password = "pa,ss'w@rd:12"

    /// Its address: `http://127.0.0.1:43210`.
    package let url: String
    /// The folder with its database and artifacts.
    package let folder: String

    /// The address with the user and the password of a protected server.
    package var urlWithPassword: String {
        let password = Self.password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return url.replacingOccurrences(of: "://", with: "://admin:\(password)@")
    }

    /// Runs the body with a server in this folder, which asks for a user and a password when it is protected; it is gone afterwards.
    package static func with(
        in folder: String,
        isProtected: Bool,
        _ body: (MLflowServer) async throws -> Void
    ) async throws {
        let python = try python()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let marker = "BATCHSTUDIO_TEST_SERVER=\(folder)"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                marker, "MLFLOW_DISABLE_TELEMETRY=true", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false",
                "MLFLOW_AUTH_ADMIN_PASSWORD=\(password)", "MLFLOW_FLASK_SERVER_SECRET_KEY=\(UUID().uuidString)",
                "PATH=\((python as NSString).deletingLastPathComponent):/usr/bin:/bin",
                python, "-m", "mlflow", "server", "--port", "0", "--workers", "1",
            ] + (isProtected ? ["--app-name", "basic-auth"] : [])
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let log = folder + "/server.log"
        try write("", to: log)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.run()
        defer {
            // The threads of Swift block SIGTERM, and children inherit that.
            for pid in livingProcesses(withEnvironment: marker) { kill(pid_t(pid), SIGKILL) }
            process.waitUntilExit()
        }
        let url = try await wait(for: "MLflow's server", within: .seconds(120)) {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if !process.isRunning { throw StudioError(.environment, "mlflow server ended: \(text)") }
            return text.firstMatch(of: /running on (http:\S+)/).map { String($0.1) }
        }
        try await body(MLflowServer(url: url, folder: folder))
    }

    /// The Python that has the server.
    package static func python() throws -> String {
        try Repository.python(with: "mlflow[auth]", "scikit-learn")
    }
}
