import BatchDomain
import Foundation
import Glibc

/// A server on loopback that serves a folder as a place elsewhere, for tests of remote inputs.
package struct LoopbackServer: Sendable {
    /// What it speaks.
    package enum Kind: String, Sendable, CaseIterable {
        case web = "web_server.py"
        case blob = "blob_server.py"
        case s3 = "s3_server.py"
    }

    /// Its port.
    package let port: Int
    /// The folder with `files`, `faults.json`, `required.json` and `requests.log`.
    package let folder: String

    /// Runs the body with a server of these files; it is gone afterwards.
    package static func with(
        _ kind: Kind,
        files: [String: String],
        _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        try await with(kind.rawValue, python: try python(for: kind), files: files, body)
    }

    /// Runs the body with a server that takes webhooks, as `hook_server.py` tells.
    package static func withHooks(_ body: (LoopbackServer) async throws -> Void) async throws {
        try await with("hook_server.py", python: try python(for: .web), files: [:], body)
    }

    private static func with(
        _ script: String,
        python: String,
        files: [String: String],
        _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            for (path, text) in files { try write(text, to: folder + "/files/" + path) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = [Repository.folder + "/Tests/TestSupport/Servers/" + script, folder]
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer {
                // The threads of Swift block SIGTERM, and children inherit that.
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            guard let port = Int(try firstLine(of: output)) else {
                throw StudioError(.environment, "\(script) did not start.")
            }
            try await body(LoopbackServer(port: port, folder: folder))
        }
    }

    /// The address that begins every other.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Says which requests go wrong; `web_server.py` tells how.
    package func setFaults(_ json: String) throws { try write(json, to: folder + "/faults.json") }

    /// Says what requests need; the servers tell how.
    package func require(_ json: String) throws { try write(json, to: folder + "/required.json") }

    /// The requests so far: `GET /path` each.
    package func requests() -> [Substring] {
        ((try? String(contentsOfFile: folder + "/requests.log", encoding: .utf8)) ?? "").split(separator: "\n")
    }

    private static func python(for kind: Kind) throws -> String {
        if kind == .s3 { return try pythonInterpreter(with: ["moto[server]==5.2.5"]) }
        return String(decoding: try runPython("import sys; print(sys.executable, end='')"), as: UTF8.self)
    }

    private static func firstLine(of pipe: Pipe) throws -> String {
        var line = Data()
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }
}
