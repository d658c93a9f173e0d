package import BatchDomain
import Foundation

/// One message to a web server, which a Python script of the runtime sends: its standard library knows TLS and proxies.
package struct WebhookPost: Sendable {
    /// How long the server has to answer, in all.
    private static let timeout: Duration = .seconds(60)

    /// The address.
    package var url: String
    /// The headers.
    package var headers: [String: String]
    /// The message.
    package var body: String

    package init(url: String, headers: [String: String], body: String) {
        self.url = url
        self.headers = headers
        self.body = body
    }

    private struct Request: Encodable {
        var url: String
        var headers: [String: String]
        var body: String
    }

    private struct Answer: Decodable {
        var status: Int?
        var error: String?
    }

    /// Sends it.
    ///
    /// - Parameter variables: The environment of the script: proxies and certificates.
    /// - Returns: What the server's answer means, or that there was none.
    /// - Throws: `CancellationError` when the task is cancelled.
    package func send(variables: [String: String]) async throws -> Delivery.Outcome {
        guard let python = await PythonInterpreters.shared.installed(lookingFor: nil).first else {
            return .refused("there is no Python on this machine to send it with")
        }
        do {
            // Apart from arguments, which all users can read: addresses have signatures.
            let folder = try PrivateFolder(named: "batchstudio-webhook")
            defer { try? FileManager.default.removeItem(atPath: folder.path) }
            let request = folder.path + "/request.json"
            let data = try JSONEncoder().encode(Request(url: url, headers: headers, body: body))
            guard FileManager.default.createFile(atPath: request, contents: data) else {
                return .refused("its request can't be written")
            }
            let script = try RuntimeFiles.install(in: CacheFolder(variables: variables).path) + "/deliver.py"
            let process = ToolProcess(
                executable: python.path,
                arguments: ["-I", "-X", "utf8", script, request],
                variables: variables,
                maxOutput: 64 << 10
            )
            guard let outcome = try await process.run(within: Self.timeout) else {
                return .refused("the server did not answer within \(Int(Self.timeout.seconds)) seconds")
            }
            let answer = outcome.lines.last.flatMap { try? JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
            return Self.outcome(answer, words: outcome.lines.last ?? ProcessEnd.describe(outcome.status))
        } catch {
            try Task.checkCancellation()
            return .refused(SecretMask.masked("\(error)"))
        }
    }

    /// What an answer means: a server that is overloaded or broken may take the message later, one that refuses it will not.
    private static func outcome(_ answer: Answer?, words: String) -> Delivery.Outcome {
        guard let status = answer?.status else { return .refused(SecretMask.masked(answer?.error ?? words)) }
        switch status {
        case 200...299: return .delivered("HTTP \(status)")
        case 408, 425, 429, 500...: return .refused("HTTP \(status)")
        default: return .failed("HTTP \(status)")
        }
    }
}
