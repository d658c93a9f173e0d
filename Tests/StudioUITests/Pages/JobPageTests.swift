import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `A job's page` {
    private func studio(_ state: JobState = .running) -> StudioBench {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(state)))
        return studio
    }

    @Test func `asks for mini-batches from the first gap on`() {
        var studio = studio()
        #expect(studio.effects.contains(.fetch(.miniBatches(job: "five", from: 0), screen: 2)))
        studio.answer(
            .miniBatches(job: "five", from: 0),
            .miniBatches(job: "five", from: 0, [MiniBatchRun(first: 0, count: 7, isFailed: false)])
        )
        let effects = studio.send(
            .message(.fetched(.job("five"), screen: 2, .job(Samples.content()), at: StudioBench.now))
        )
        #expect(effects == [.fetch(.miniBatches(job: "five", from: 7), screen: 2)])
    }

    @Test func `cancels after a question`() {
        var studio = studio()
        studio.press("x", .right)
        #expect(studio.press("y") == [.perform(.cancelJob("five"), screen: 2)])
    }

    @Test func `says why an ended job cannot be canceled`() {
        var studio = studio(.completed)
        studio.press("x")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/job-completed")
    }

    @Test func `resumes a canceled job after telling what will happen`() {
        var studio = studio(.canceled)
        studio.press("R")
        #expect(studio.press("y") == [.perform(.resumeJob("five"), screen: 2)])
    }

    @Test func `says why a completed job cannot be resumed`() {
        var studio = studio(.completed)
        studio.press("R")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/job-not-resumed")
    }

    @Test func `scores failed files again in a new job and opens it`() {
        var studio = studio(.completed)
        studio.press("F")
        let retry = UseCase.retryFailed(RetryDraft(jobName: "five"))
        #expect(studio.press("y") == [.perform(retry, screen: 2)])
        var job = Samples.content(.queued).job
        job.name = "six"
        studio.send(.message(.performed(retry, screen: 2, .job(job), at: StudioBench.now)))
        #expect(studio.model.page?.route == .job("six"))
    }

    @Test func `writes elsewhere again where a chosen place has the job's output`() {
        var content = Samples.content(.completed)
        content.job.specification.output.folder = "/scores/wine"
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(content))
        studio.press("F")
        let place = DatastorePath(datastore: Datastore.defaultName, path: "five-retried/score")
        let retry = UseCase.retryFailed(RetryDraft(jobName: "five", output: place))
        #expect(studio.press("y") == [.perform(retry, screen: 2)])
    }

    @Test(arguments: [(JobState.running, "has ended"), (.completed, "Nothing failed")])
    func `says why there is nothing to score again`(state: JobState, reason: String) {
        var content = Samples.content(state)
        (content.job.counts.failedFiles, content.job.counts.succeededFiles) = (0, content.job.counts.files ?? 0)
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(content))
        #expect(studio.press("F").isEmpty)
        #expect(studio.messages.first?.contains(reason) == true)
    }

    @Test func `forgets what failed when the job is resumed`() {
        var studio = studio(.failed)
        let failed = [MiniBatchRun(first: 0, count: 30, isFailed: true)]
        studio.answer(.miniBatches(job: "five", from: 0), .miniBatches(job: "five", from: 0, failed))
        let effects = studio.send(
            .message(.fetched(.job("five"), screen: 2, .job(Samples.content()), at: StudioBench.now))
        )
        #expect(effects == [.fetch(.miniBatches(job: "five", from: 0), screen: 2)])
    }

    @Test func `draws a curve from what it saw`() {
        var speed = JobSpeed()
        var counts = JobCounts()
        for second in 1...3 {
            counts.rows = second * 100
            speed.advance(by: 1, counts: counts, isScoring: true)
        }
        #expect(speed.rows == [100, 100])
    }

    @Test func `opens the output in the pager once there is one`() {
        var running = studio()
        #expect(running.press("o").isEmpty)
        expectMessage(running.messages.joined(separator: "\n"), "toast/no-output-yet")
        var completed = studio(.completed)
        #expect(completed.press("o") == [.read(file: "/workspaces/default/blobs/five/score/predictions.csv")])
    }
}

struct `The map of mini-batches` {
    private func map(_ runs: [(Int, Int, Bool)]) -> MiniBatchMap {
        var map = MiniBatchMap()
        map.receive(runs.map { MiniBatchRun(first: $0.0, count: $0.1, isFailed: $0.2) }, from: 0)
        return map
    }

    @Test func `knows its first gap`() {
        #expect(map([]).frontier == 0)
        #expect(map([(0, 5, false), (5, 1, true), (7, 2, false)]).frontier == 6)
    }

    @Test func `takes news from a mini-batch on in place of what was`() {
        var map = map([(0, 5, false), (7, 1, false)])
        map.receive([MiniBatchRun(first: 5, count: 3, isFailed: false)], from: 5)
        #expect(map.frontier == 8)
        #expect(map.finished == 8)
    }

    @Test(arguments: [5, 100, 4000, 1_000_000])
    func `fits any number into its area and shows a single failure`(count: Int) {
        let area = Rect(x: 0, y: 0, width: 50, height: 10)
        let ranges = TileMap.ranges(count: count, in: area)
        let map = map([(0, count / 2, false), (count / 2, 1, true)])
        let tiles = map.tiles(of: ranges, running: [count - 1])
        #expect(tiles.count == min(count, 500))
        #expect(tiles.filter { $0 == MiniBatchMap.failedTile }.count == 1)
        #expect(tiles.first == MiniBatchMap.doneTile)
        #expect(tiles.last == MiniBatchMap.runningTile)
    }
}
