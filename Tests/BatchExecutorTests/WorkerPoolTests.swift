import BatchDomain
import Foundation
import Testing

@testable import BatchExecutor
@testable import BatchWorkers

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

    @Test func `A worker is shown with its file, its part and the time of its mini-batch`() throws {
        var pool = WorkerPool(wanted: 1)
        let next = pool.next(work: 1)
        let number = try #require(next)
        pool.connected(number, pid: 1, at: date, start)
        pool.ready(number, at: date)
        let now = date.addingTimeInterval(100)
        let waiting = pool.status(at: now) { _ in nil }
        #expect(waiting.map(\.activity) == ["waiting"] && waiting.map(\.since) == [date])
        let whole = WorkerPool.Work(miniBatch: 4, seconds: 2, file: "a.csv", attempt: 1)
        let scoring = pool.status(at: now) { _ in whole }
        #expect(scoring.map(\.file) == ["a.csv"] && scoring.map(\.since) == [now.addingTimeInterval(-2)])
        pool.heartbeat(number, WorkerMessage.Heartbeat(id: 4, rss: 7, file: "b.csv", rows: 30, bytes: 400))
        let later = pool.status(at: now) { _ in whole }
        #expect(later.map(\.file) == ["b.csv"])
        let part = WorkerPool.Work(miniBatch: 5, seconds: 0, file: "big.csv", part: (number: 3, count: 40), attempt: 1)
        let parted = pool.status(at: now) { _ in part }
        #expect(parted.map(\.file) == ["big.csv, part 3 of 40"])
        // What was said of the mini-batch before is not about this one.
        #expect(parted.map(\.rows) == [nil] && parted.map(\.residentBytes) == [7])
    }

    @Test func `A worker is shown with the rows that it has written and the attempt that it makes`() throws {
        var pool = WorkerPool(wanted: 1)
        let next = pool.next(work: 1)
        let number = try #require(next)
        pool.connected(number, pid: 1, at: date, start)
        pool.ready(number, at: date)
        pool.heartbeat(number, WorkerMessage.Heartbeat(id: 4, rss: 7, rows: 30, bytes: 400))
        var work = WorkerPool.Work(miniBatch: 4, seconds: 2, file: "a.csv", attempt: 2, lastError: "Timeout: too long")
        work.plannedRows = 120
        let shown = try #require(pool.status(at: date) { _ in work }.first)
        #expect(shown.rows == 30 && shown.bytes == 400 && shown.share == 0.25)
        #expect(shown.attempt == 2 && shown.lastError == "Timeout: too long")
    }

    @Test func `A worker that is only being made is not late`() {
        var pool = WorkerPool(wanted: 1)
        _ = pool.next(work: 1)
        #expect(pool.lateForInit(after: .seconds(1), at: start + .seconds(1000)) == nil)
    }
}
