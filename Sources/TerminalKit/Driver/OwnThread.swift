internal import Glibc

/// A thread for something that blocks, like `Runtime.run`.
///
/// Swift's own threads are as few as there are cores; one that blocks is missing for the work the program waits for, and in
/// tests, which all run on them, two blocked ones are a standstill.
package enum OwnThread {
    /// Runs the closure on a new thread and gives back its result.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            start { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }

    private final class Job: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs the closure on a new thread.
    static func start(_ body: @escaping @Sendable () -> Void) {
        let job = Unmanaged.passRetained(Job(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { job in
                if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
                return nil
            },
            job.toOpaque()
        )
        precondition(status == 0, "no thread can be started: error \(status)")
        pthread_detach(thread)
    }
}
