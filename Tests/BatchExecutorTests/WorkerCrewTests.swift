import Foundation
import Testing

@testable import BatchExecutor

struct WorkerCrewTests {
    private let date = Date(timeIntervalSince1970: 1_000_000)
    private let start = SuspendingClock.now

    @Test func `A worker whose init() does not end is late`() throws {
        var crew = WorkerCrew(wanted: 2)
        let numbers = [crew.next(work: 2), crew.next(work: 2)]
        let stuck = try #require(numbers[0])
        let quick = try #require(numbers[1])
        crew.connected(stuck, pid: 1, at: date, start)
        crew.connected(quick, pid: 2, at: date, start)
        crew.ready(quick, at: date)
        #expect(crew.lateForInit(after: .seconds(120), at: start + .seconds(120)) == nil)
        #expect(crew.lateForInit(after: .seconds(120), at: start + .seconds(121)) == stuck)
    }

    @Test func `A worker that is only being made is not late`() {
        var crew = WorkerCrew(wanted: 1)
        _ = crew.next(work: 1)
        #expect(crew.lateForInit(after: .seconds(1), at: start + .seconds(1000)) == nil)
    }
}
