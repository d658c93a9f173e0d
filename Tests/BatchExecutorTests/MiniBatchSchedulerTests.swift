import Testing

@testable import BatchExecutor

struct MiniBatchSchedulerTests {
    private let start = SuspendingClock.now

    private func scheduler(
        _ count: Int,
        workers: Int = 1,
        finished: Set<Int> = [],
        attempts: Int = 3
    ) -> MiniBatchScheduler {
        var scheduler = MiniBatchScheduler(count: count, finished: finished, maxAttempts: attempts)
        for worker in 0..<workers { scheduler.add(worker: worker, at: start) }
        return scheduler
    }

    private func ids(_ assignments: [MiniBatchScheduler.Assignment]) -> [Int] { assignments.map(\.id) }

    @Test func `The earliest mini-batches are given first`() {
        var scheduler = scheduler(10, workers: 2)
        #expect(ids(scheduler.assign(to: 0, at: start)) == [0, 1, 2])
        #expect(ids(scheduler.assign(to: 1, at: start)) == [3, 4, 5])
    }

    @Test(arguments: [(0.001, 16), (0.05, 4), (5, 3)])
    func `A worker holds more ahead of quick mini-batches`(seconds: Double, depth: Int) {
        var scheduler = scheduler(100)
        _ = scheduler.assign(to: 0, at: start)
        _ = scheduler.complete(0, on: 0, at: start + .seconds(seconds))
        _ = scheduler.assign(to: 0, at: start)
        scheduler.release(worker: 0)
        scheduler.add(worker: 0, at: start)
        #expect(scheduler.assign(to: 0, at: start).count == depth)
    }

    @Test func `Quick mini-batches are given several at a time`() {
        var scheduler = scheduler(100)
        _ = scheduler.assign(to: 0, at: start)
        var given: [Int] = []
        for id in 0..<40 {
            _ = scheduler.complete(id, on: 0, work: 0.001, at: start)
            given.append(scheduler.assign(to: 0, at: start).count)
        }
        #expect(given.reduce(3, +) > 40)
        #expect(given.filter { $0 > 0 }.allSatisfy { $0 >= 8 })
        #expect(scheduler.current(of: 0) != nil)
    }

    @Test func `What the worker says it took counts, not how long its message waited`() {
        var scheduler = scheduler(100)
        _ = scheduler.assign(to: 0, at: start)
        _ = scheduler.complete(0, on: 0, work: 0.001, at: start + .seconds(5))
        #expect(scheduler.assign(to: 0, at: start).count == 14)
    }

    @Test func `Near the end a worker holds no more than its share`() {
        var scheduler = scheduler(4, workers: 4)
        #expect((0..<4).map { ids(scheduler.assign(to: $0, at: start)) } == [[0], [1], [2], [3]])
    }

    @Test func `A worker gets at least one mini-batch while there is one`() {
        var scheduler = scheduler(1, workers: 3)
        #expect(ids(scheduler.assign(to: 2, at: start)) == [0])
        #expect(scheduler.assign(to: 0, at: start).isEmpty)
    }

    @Test func `An unknown worker gets nothing`() {
        var scheduler = scheduler(5)
        #expect(scheduler.assign(to: 7, at: start).isEmpty)
        #expect(scheduler.complete(0, on: 7, at: start) == nil)
        #expect(scheduler.remove(worker: 7, at: start) == nil)
    }

    @Test func `A failed try comes first again, as the next attempt`() {
        var scheduler = scheduler(10)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.fail(0, on: 0, at: start)?.verdict == .retry)
        #expect(scheduler.assign(to: 0, at: start) == [MiniBatchScheduler.Assignment(id: 0, attempt: 2)])
    }

    @Test func `After its last try a mini-batch is given up`() {
        var scheduler = scheduler(1, attempts: 2)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.fail(0, on: 0, at: start)?.verdict == .retry)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.fail(0, on: 0, at: start)?.verdict == .exhausted(attempts: 2))
        #expect(scheduler.isDone)
        #expect(scheduler.assign(to: 0, at: start).isEmpty)
    }

    @Test func `With a single try a failure is final`() {
        var scheduler = scheduler(1, attempts: 1)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.fail(0, on: 0, at: start)?.verdict == .exhausted(attempts: 1))
    }

    @Test func `Only the head is blamed for a death`() {
        var scheduler = scheduler(10)
        _ = scheduler.assign(to: 0, at: start)
        let blamed = scheduler.remove(worker: 0, at: start + .seconds(2))
        #expect(blamed?.id == 0)
        #expect(blamed?.verdict == .retry)
        #expect(blamed?.seconds == 2)
        scheduler.add(worker: 1, at: start)
        #expect(scheduler.assign(to: 1, at: start).map(\.attempt) == [2, 1, 1])
    }

    @Test func `A worker that holds nothing dies without blame`() {
        var scheduler = scheduler(3)
        #expect(scheduler.remove(worker: 0, at: start) == nil)
        #expect(scheduler.unassigned == 3)
    }

    @Test func `A worker released without blame gives all back free`() {
        var scheduler = scheduler(10)
        _ = scheduler.assign(to: 0, at: start)
        scheduler.release(worker: 0)
        #expect(scheduler.unassigned == 10)
        scheduler.add(worker: 1, at: start)
        let expected = [0, 1, 2].map { MiniBatchScheduler.Assignment(id: $0, attempt: 1) }
        #expect(scheduler.assign(to: 1, at: start) == expected)
    }

    @Test func `Put back is no try`() {
        var scheduler = scheduler(5)
        _ = scheduler.assign(to: 0, at: start)
        scheduler.putBack(0, from: 0, at: start)
        #expect(scheduler.current(of: 0)?.id == 1)
        #expect(scheduler.assign(to: 0, at: start).first == MiniBatchScheduler.Assignment(id: 0, attempt: 1))
    }

    @Test func `What a worker does not have in work is ignored`() {
        var scheduler = scheduler(5)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.complete(1, on: 0, at: start) == nil)
        #expect(scheduler.fail(4, on: 0, at: start) == nil)
        #expect(scheduler.current(of: 0)?.id == 0)
        #expect(scheduler.unassigned == 2)
    }

    @Test func `A mini-batch is completed once`() {
        var scheduler = scheduler(1)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.complete(0, on: 0, at: start) != nil)
        #expect(scheduler.complete(0, on: 0, at: start) == nil)
        #expect(scheduler.isDone)
    }

    @Test func `Time counts from when a mini-batch became the head`() {
        var scheduler = scheduler(10)
        _ = scheduler.assign(to: 0, at: start)
        let seconds = scheduler.complete(0, on: 0, at: start + .seconds(9))?.seconds
        #expect(seconds == 9)
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(10)).isEmpty)
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(15)) == [0])
    }

    @Test func `A worker is overdue only after the timeout`() {
        var scheduler = scheduler(10, workers: 2)
        _ = scheduler.assign(to: 0, at: start)
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(5)).isEmpty)
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(6)) == [0])
    }

    @Test func `More rows of a mini-batch restart its deadline, not its time`() {
        var scheduler = scheduler(10, workers: 2)
        _ = scheduler.assign(to: 0, at: start)
        scheduler.progressed(0, with: 0, rows: 100, at: start + .seconds(4))
        scheduler.progressed(0, with: 0, rows: 100, at: start + .seconds(7))
        scheduler.progressed(0, with: 1, rows: 900, at: start + .seconds(8))
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(9)).isEmpty)
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(10)) == [0])
        let seconds = scheduler.complete(0, on: 0, at: start + .seconds(11))?.seconds
        #expect(seconds == 11)
        // The rows of the next one are its own.
        scheduler.progressed(0, with: 1, rows: 50, at: start + .seconds(15))
        #expect(scheduler.overdue(after: .seconds(5), at: start + .seconds(19)).isEmpty)
    }

    @Test func `An idle worker is never overdue`() {
        let scheduler = scheduler(1, workers: 2)
        #expect(scheduler.overdue(after: .seconds(1), at: start + .seconds(100)).isEmpty)
    }

    @Test func `Finished mini-batches are passed over`() {
        var scheduler = scheduler(6, finished: [0, 2, 3, 5])
        #expect(!scheduler.isDone)
        #expect(scheduler.unassigned == 2)
        #expect(ids(scheduler.assign(to: 0, at: start)) == [1, 4])
    }

    @Test func `With all finished there is nothing to do`() {
        var scheduler = scheduler(3, finished: [0, 1, 2])
        #expect(scheduler.isDone)
        #expect(scheduler.assign(to: 0, at: start).isEmpty)
    }

    @Test func `A job without mini-batches is done`() {
        #expect(scheduler(0).isDone)
    }

    @Test func `Mini-batches that are left out are not given, those in work are not given again`() {
        var scheduler = scheduler(6)
        #expect(ids(scheduler.assign(to: 0, at: start)) == [0, 1, 2])
        scheduler.skip([2, 4, 5])
        #expect(scheduler.unassigned == 1)
        _ = scheduler.complete(0, on: 0, at: start)
        #expect(ids(scheduler.assign(to: 0, at: start)) == [3])
        _ = scheduler.complete(1, on: 0, at: start)
        _ = scheduler.fail(2, on: 0, at: start)
        #expect(scheduler.assign(to: 0, at: start).isEmpty)
        _ = scheduler.complete(3, on: 0, at: start)
        #expect(scheduler.isDone)
        scheduler.reopen(4)
        #expect(scheduler.isDone)
    }

    @Test func `A mini-batch is begun again whether it waits, is in work, finished or left out`() {
        var scheduler = scheduler(5, finished: [3])
        #expect(scheduler.restart(1) == nil)
        #expect(ids(scheduler.assign(to: 0, at: start)) == [0, 1, 2])
        #expect(scheduler.restart(2) == 0)
        _ = scheduler.complete(0, on: 0, at: start)
        #expect(scheduler.restart(0) == nil)
        #expect(scheduler.restart(3) == nil)
        scheduler.skip([4])
        #expect(scheduler.restart(4) == nil)
        #expect(scheduler.upcoming(9) == [0, 3, 4])
        for id in [1, 2] { _ = scheduler.complete(id, on: 0, at: start) }
        #expect(!scheduler.isDone)
        #expect(ids(scheduler.assign(to: 0, at: start)) == [0, 3, 4])
        for id in [0, 3, 4] { _ = scheduler.complete(id, on: 0, at: start) }
        #expect(scheduler.isDone)
    }
}
