internal import Synchronization

/// The works that effects started, kept until they end so that they can be counted and cancelled.
struct WorkList {
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var nextNumber = 0
    private let finished = Finished()
    private let wake: @Sendable () -> Void

    private final class Finished: Sendable {
        let numbers = Mutex<[Int]>([])
    }

    init(waker: @escaping @Sendable () -> Void) {
        wake = waker
    }

    var unfinished: Int { tasks.count - finished.numbers.withLock(\.count) }

    mutating func start(_ work: @escaping @Sendable () async -> Void) {
        let number = nextNumber
        nextNumber += 1
        tasks[number] = Task(executorPreference: WorkThreads.shared) { [finished, wake] in
            await work()
            finished.numbers.withLock { $0.append(number) }
            wake()
        }
    }

    mutating func forgetFinished() {
        let numbers = finished.numbers.withLock { numbers in
            defer { numbers = [] }
            return numbers
        }
        for number in numbers { tasks[number] = nil }
    }

    func cancelAll() {
        for task in tasks.values { task.cancel() }
    }
}
