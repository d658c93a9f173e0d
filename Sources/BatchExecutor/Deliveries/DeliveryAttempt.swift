import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Logging

/// One attempt of a delivery, from its start to the record of its end.
struct DeliveryAttempt: Sendable {
    let delivery: Delivery
    let workspace: Workspace
    let logger: Logger

    /// How long to wait after the workspace could not be written.
    private static let retryDelay: Duration = .seconds(5)

    private var folder: JobFolder { workspace.folder.job(delivery.job) }

    /// Makes the attempt, and records and logs how it ended; cancelling the task ends it without counting it.
    func run() async {
        do {
            switch delivery.action {
            case .command(let arguments, let timeout):
                let (outcome, lines) = try await command(arguments, timeout).run()
                await record(outcome, lines)
            case .webhook(let webhook):
                await record(try await send(webhook), [])
            }
        } catch {
            // The executor ends. What can't be written now, the next one finds as the attempt of a dead executor.
            try? await workspace.putBack(delivery)
        }
    }

    /// Records the end of the attempt; again and again while the workspace can't be written, until the executor ends.
    private func record(_ outcome: Delivery.Outcome, _ lines: [String]) async {
        while true {
            do {
                if let ended = try await workspace.record(outcome, of: delivery.id) { log(ended, lines) }
                return
            } catch {
                logger.error("The end of a delivery can't be recorded: \(error)", metadata: ["job": "\(delivery.job)"])
                guard (try? await Task.sleep(for: Self.retryDelay)) != nil else { return }
            }
        }
    }

    private func command(_ arguments: [String], _ timeout: Int) -> HookCommand {
        var variables = ProcessInfo.processInfo.environment.merging(delivery.message.variables) { $1 }
        variables["BATCHSTUDIO_WORKSPACE"] = workspace.folder.path
        // A command that a dead executor left is ended before it is run again.
        variables["BATCHSTUDIO_WORKSPACE_ID"] = Orphans.mark(of: workspace.folder.path)
        return HookCommand(
            arguments: arguments,
            variables: variables,
            folder: FileManager.default.fileExists(atPath: folder.path) ? folder.path : workspace.folder.path,
            timeout: timeout
        )
    }

    private func send(_ webhook: Webhook) async throws -> Delivery.Outcome {
        let body: String
        let key: String?
        do {
            body = try delivery.message.json()
            key = try workspace.key(of: webhook, job: delivery.job)
        } catch {
            let words = (error as? StudioError)?.message ?? "\(error)"
            return .refused(words.hasSuffix(".") ? String(words.dropLast()) : words)
        }
        let timestamp = String(Int(workspace.now().timeIntervalSince1970))
        var headers = [
            "Content-Type": "application/json", "User-Agent": "batchstudio",
            "X-Batchstudio-Delivery": delivery.id, "X-Batchstudio-Event": delivery.event.rawValue,
            "X-Batchstudio-Attempt": String(delivery.attempts), "X-Batchstudio-Timestamp": timestamp,
        ]
        if let key {
            headers["X-Batchstudio-Signature"] = WebhookSignature.header(of: body, at: timestamp, key: key)
        }
        return try await WebhookPost(url: webhook.url, headers: headers, body: body)
            .send(variables: ProcessInfo.processInfo.environment)
    }

    /// Adds the end of the attempt to the job's log, with what a command has printed.
    private func log(_ delivery: Delivery, _ lines: [String]) {
        let next = delivery.dueAt.map { "; the next attempt is at \($0.formatted(.iso8601))" } ?? ""
        let text =
            "\(delivery.event.rawValue): \(delivery.action.words): \(delivery.state.rawValue) "
            + "(attempt \(delivery.attempts): \(delivery.result ?? ""))\(next)."
        let logs = try? JobLogs(folder, level: .info)
        for line in lines { logs?.info("\(delivery.event.rawValue): \(SecretMask.masked(line))") }
        switch delivery.state {
        case .delivered:
            logs?.info(text)
            logger.info("\(text)", metadata: ["job": "\(delivery.job)"])
        case .pending, .failed:
            logs?.warning(text)
            logger.warning("\(text)", metadata: ["job": "\(delivery.job)"])
        }
    }
}
