import BatchDomain
import BatchWorkspace
import Foundation
import Logging

/// The deliveries that an executor makes beside its jobs, a few at a time.
actor DeliveryDesk {
    /// Maximum deliveries at a time.
    private static let most = 4

    private let workspace: Workspace
    private let logger: Logger
    private var attempts: [String: Task<Void, Never>] = [:]

    init(workspace: Workspace, logger: Logger) {
        self.workspace = workspace
        self.logger = logger
    }

    /// True while none is made.
    var isEmpty: Bool { attempts.isEmpty }

    /// Starts those that are due.
    ///
    /// - Parameter onEnd: Called when one of them has ended.
    /// - Throws: The database's error.
    /// - Returns: When the next one is due; nil while those that are made take all places.
    func start(onEnd: @escaping @Sendable () -> Void) async throws -> Date? {
        let (taken, nextAt) = try await workspace.takeDueDeliveries(limit: Self.most - attempts.count)
        for delivery in taken {
            let attempt = DeliveryAttempt(delivery: delivery, workspace: workspace, logger: logger)
            attempts[delivery.id] = Task {
                await attempt.run()
                attempts[delivery.id] = nil
                onEnd()
            }
        }
        return attempts.count < Self.most ? nextAt : nil
    }

    /// Ends all, which are made again by the next executor.
    func stop() async {
        let running = Array(attempts.values)
        for attempt in running { attempt.cancel() }
        for attempt in running { await attempt.value }
    }
}
