internal import Dispatch
internal import Synchronization

/// Threads for the work beside a program's loop; they sleep until there is some.
///
/// Swift's own pool is not so quiet: from its first task to the end of the process, libdispatch on Linux looks after its threads
/// once a second (`_dispatch_workq_monitor_pools`; seen on 2026-11-22 with Swift 6.3.1), which is the only thing that would wake
/// an idle program.
package final class WorkThreads: TaskExecutor {
    /// The threads of this process.
    package static let shared = WorkThreads(count: 3)

    private let jobs = Mutex<[UnownedJob]>([])
    private let waiting = DispatchSemaphore(value: 0)

    private init(count: Int) {
        for _ in 0..<count { OwnThread.start { [self] in while true { runNext() } } }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        waiting.signal()
    }

    private func runNext() {
        waiting.wait()
        let job = jobs.withLock { $0.removeFirst() }
        job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
