package import BatchDomain
import Glibc

/// The proof that this process can have as many threads at a time as it needs.
///
/// Where it can't, libdispatch waits for ever for the next one: a command would hang instead of ending with a reason.
package enum ThreadProof {
    /// Starts a number of threads that live at the same moment.
    ///
    /// - Returns: What was found, for `doctor`.
    /// - Throws: ``StudioError`` with the system's reason.
    @discardableResult
    package static func run(_ count: Int) throws(StudioError) -> String {
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        pthread_mutex_init(gate, nil)
        pthread_mutex_lock(gate)
        var threads: [pthread_t] = []
        var failure: Int32 = 0
        while threads.count < count, failure == 0 {
            var thread = pthread_t()
            failure = pthread_create(&thread, nil, passGate, gate)
            if failure == 0 { threads.append(thread) }
        }
        pthread_mutex_unlock(gate)
        for thread in threads { pthread_join(thread, nil) }
        pthread_mutex_destroy(gate)
        gate.deallocate()
        if failure == 0 { return "enough: the \(count) that a job needs can be started" }
        let limits = SystemLimit.addressSpace.note + SystemLimit.processes.note
        throw StudioError(
            .environment,
            "Too few threads can be started: only \(threads.count) of the \(count) that are needed (\(String(cString: strerror(failure))))\(limits).",
            advice: "Raise the limits of memory (ulimit -v unlimited) and processes (ulimit -u)."
        )
    }

    private static let passGate: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        let gate = argument?.assumingMemoryBound(to: pthread_mutex_t.self)
        if let gate {
            pthread_mutex_lock(gate)
            pthread_mutex_unlock(gate)
        }
        return nil
    }
}
