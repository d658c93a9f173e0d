import Foundation
import Testing

@testable import BatchExecutor

struct WorkerPoolTests {
    private let date = Date(timeIntervalSince1970: 1_000_000)
    private let start = SuspendingClock.now

    @Test func `A worker whose init() does not end is late`() throws {
        var pool = WorkerPool(wanted: 2)
        let numbers = [pool.next(work: 2), pool.next(work: 2)]
        let stuck = try #require(numbers[0])
        let quick = try #require(numbers[1])
        pool.connected(stuck, pid: 1, at: date, start)
        pool.connected(quick, pid: 2, at: date, start)
        pool.ready(quick, at: date)
        #expect(pool.lateForInit(after: .seconds(120), at: start + .seconds(120)) == nil)
        #expect(pool.lateForInit(after: .seconds(120), at: start + .seconds(121)) == stuck)
    }

    @Test func `A worker that is only being made is not late`() {
        var pool = WorkerPool(wanted: 1)
        _ = pool.next(work: 1)
        #expect(pool.lateForInit(after: .seconds(1), at: start + .seconds(1000)) == nil)
    }
}
