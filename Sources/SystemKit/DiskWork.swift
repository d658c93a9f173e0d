internal import Dispatch

/// Work that waits for a disk: on threads of its own, so that Swift's few threads run other work meanwhile.
package enum DiskWork {
    private static let queue = DispatchQueue(label: "batchstudio.disk", attributes: .concurrent)

    /// Does the work and waits for it without holding up a thread.
    package static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}
