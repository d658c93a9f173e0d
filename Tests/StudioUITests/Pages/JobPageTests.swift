import BatchDomain
import FoundationEssentials
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

    @Test func `asks for the mini-batches that it does not know to be finished`() {
        var studio = studio()
        let all = Query.miniBatches(job: "five", in: [0..<50])
        #expect(studio.effects.contains(.fetch(all, screen: 2)))
        // While one question is on its way, another would be about the same.
        let refresh = Input<Message>.message(
            .fetched(.job("five"), screen: 2, .job(Samples.content()), at: StudioBench.now)
        )
        #expect(studio.send(refresh).isEmpty)
        let runs = [MiniBatchRun(first: 0, count: 7), MiniBatchRun(first: 9, count: 2)]
        let rest = Query.miniBatches(job: "five", in: [7..<9, 11..<50])
        #expect(
            studio.send(
                .message(
                    .fetched(all, screen: 2, .miniBatches(job: "five", in: [0..<50], runs), at: StudioBench.now)
                )
            ) == [.fetch(rest, screen: 2)]
        )
        // An answer without news is no reason to ask again.
        let nothing = Content.miniBatches(job: "five", in: [7..<9, 11..<50], [])
        #expect(studio.send(.message(.fetched(rest, screen: 2, nothing, at: StudioBench.now))).isEmpty)
    }

    @Test func `reads the map only where it is shown`() {
        func isMap(_ effect: Effect) -> Bool {
            if case .fetch(.miniBatches, _) = effect { true } else { false }
        }
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.press(.tab)
        studio.answer(.job("five"), .job(Samples.content()))
        #expect(!studio.effects.contains(where: isMap))
        studio.press(.backTab)
        #expect(studio.effects.contains(where: isMap))
    }

    @Test func `reads the times of an ended job once`() {
        var studio = StudioBench()
        studio.openCompletedJob()
        let effects = studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        #expect(effects.contains(.fetch(.job("five"), screen: 2)))
        #expect(!effects.contains(.fetch(.miniBatchTimes(job: "five"), screen: 2)))
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
        let failed = [MiniBatchRun(first: 0, count: 30, outcome: .failed)]
        let all = [0..<50]
        studio.answer(.miniBatches(job: "five", in: all), .miniBatches(job: "five", in: all, failed))
        let effects = studio.send(
            .message(.fetched(.job("five"), screen: 2, .job(Samples.content()), at: StudioBench.now))
        )
        #expect(effects == [.fetch(.miniBatches(job: "five", in: all), screen: 2)])
    }

    @Test func `draws a curve from what it saw`() {
        var speed = JobSpeed()
        for second in 1...3 { speed.advance(by: 1, rows: second * 100, isScoring: true) }
        #expect(speed.rows == [100, 100])
    }

    @Test func `opens the mini-batch that needs a look, or the one of a tile`() throws {
        var studio = StudioBench()
        studio.openCompletedJob()
        studio.press(.enter)
        #expect(studio.model.page?.route == .miniBatch(job: "five", id: 7))
        studio.press(.escape)
        let lines = studio.text.split(separator: "\n", omittingEmptySubsequences: false)
        let row = try #require(lines.firstIndex { $0.contains("■■") })
        studio.send(.event(.click(x: 5, y: row)))
        #expect(studio.model.page?.route == .miniBatch(job: "five", id: 3))
    }

    @Test func `goes from mini-batch to mini-batch, and to the log of one`() {
        var studio = StudioBench()
        studio.open(.miniBatch(job: "five", id: 7))
        studio.answer(.miniBatch(job: "five", id: 7), .miniBatch(Samples.miniBatch))
        let beginning = Samples.miniBatch.result?.startedAt.timeIntervalSince1970 ?? 0
        let time = Int((beginning - MiniBatchPage.slack) * 1000)
        let effects = studio.press("l")
        #expect(studio.model.page?.route == .jobLog(job: "five", time: time, worker: 1))
        var filter = JobLogFilter()
        filter.sources = .worker(1)
        let request = JobLogRequest(job: "five", anchor: .time(time), filter: filter)
        #expect(effects.contains { if case .fetch(.jobLog(request), _) = $0 { true } else { false } })
        studio.press(.escape, "]")
        #expect(studio.model.page?.route == .miniBatch(job: "five", id: 8))
    }

    @Test func `filters the failed files in the workspace`() {
        var studio = studio()
        studio.press(.tab, .tab)
        studio.answer(.failures(job: "five", offset: 0, limit: 200), .failures(offset: 0, Samples.failures))
        studio.press("/", "1", "5")
        let query = Query.failures(job: "five", filter: "15", offset: 0, limit: 200)
        #expect(studio.effects.contains(.fetch(query, screen: 2)))
        studio.answer(query, .failures(filter: "15", offset: 0, total: 1, [Samples.failures[1]]))
        studio.answer(
            .failures(job: "five", filter: "1", offset: 0, limit: 200),
            .failures(filter: "1", offset: 0, total: 2, Samples.failures)
        )
        #expect(studio.text.contains("wine-15.csv") && !studio.text.contains("wine-14.csv"))
        studio.press(.enter, .enter)
        #expect(studio.model.page?.route == .failure(job: "five", miniBatch: 7, file: "wine-15.csv"))
    }

    @Test func `shows the failed file that was opened, whatever comes before it in the list`() {
        var studio = studio()
        studio.press(.tab, .tab)
        let query = Query.failures(job: "five", offset: 0, limit: 200)
        studio.answer(query, .failures(offset: 0, Samples.failures))
        studio.press("j", .enter)
        let opened = Query.failure(job: "five", miniBatch: 7, file: "wine-15.csv")
        #expect(studio.effects.contains(.fetch(opened, screen: 3)))
        studio.answer(opened, .failure(Samples.failures[1]))
        #expect(studio.text.contains("wine-15.csv"))
        studio.answer(opened, .failure(nil))
        #expect(studio.text.contains("no such error any more"))
    }

    @Test func `the first failed files are on the overview, whatever the tab of errors shows`() {
        var studio = StudioBench()
        studio.openCompletedJob()
        studio.press(.tab, .tab)
        studio.answer(.failures(job: "five", offset: 0, limit: 200), .failures(offset: 0, Samples.failures))
        studio.press("/", "x")
        let query = Query.failures(job: "five", filter: "x", offset: 0, limit: 200)
        studio.answer(query, .failures(filter: "x", offset: 0, total: 0, []))
        studio.press(.enter, .backTab, .backTab)
        #expect(studio.text.contains("Failed files") && studio.text.contains("wine-14.csv"))
    }

    @Test func `the list of errors shows its last part when it has become shorter`() {
        var studio = studio()
        studio.press(.tab, .tab)
        let first = Query.failures(job: "five", filter: "e", offset: 0, limit: 200)
        studio.press("/", "e", .enter)
        let failures = Array(repeating: Samples.failures[0], count: 200)
        studio.answer(first, .failures(filter: "e", offset: 0, total: 5000, failures))
        studio.press("G")
        let last = Query.failures(job: "five", filter: "e", offset: 4899, limit: 200)
        studio.answer(last, .failures(filter: "e", offset: 4899, total: 50, []))
        #expect(studio.effects.last == .fetch(first, screen: 2))
        studio.answer(first, .failures(filter: "e", offset: 0, total: 50, Array(failures.prefix(50))))
        #expect(studio.text.contains("wine-14.csv"))
    }

    @Test func `a mini-batch counts all its failed files, and says how many it does not list`() {
        var details = Samples.miniBatch
        details.fileCount = 1000
        details.result?.failedFiles = 600
        var studio = StudioBench()
        studio.open(.miniBatch(job: "five", id: 7))
        studio.answer(.miniBatch(job: "five", id: 7), .miniBatch(details))
        #expect(studio.text.contains("600 of 1,000 files failed"))
        #expect(studio.text.contains("… and 599 more"))
    }

    @Test func `shows a time left that counts down and follows estimates slowly`() throws {
        var left = TimeLeft()
        left.update(100, finished: 10)
        left.advance(by: 2)
        left.update(200, finished: 10)
        #expect(left.seconds == 98)
        left.update(178, finished: 11)
        #expect(left.seconds == 108)
        for finished in 12..<40 { left.update(50, finished: Double(finished)) }
        let seconds = try #require(left.seconds)
        #expect(abs(seconds - 50) < 2)
    }

    @Test func `evens out a speed of mini-batches that end seconds apart`() {
        let rows = (0..<120).map { $0.isMultiple(of: 4) ? 400.0 : 0 }
        let theme = StudioBench().model.themes.theme
        let lines = JobChart(rows: rows, miniBatches: 30).lines(width: 80, theme: theme)
        #expect(lines.count == 5)
        #expect(lines[0].map(\.text).joined() == "Rows/s  now 100  mean 100")
        #expect(lines[3].last?.text.contains(" ") == false, "The curve has no gaps.")
        #expect(lines[4].map(\.text).joined().contains("0 s") && !lines[4].map(\.text).joined().contains("-"))
        let long = JobChart(rows: Array(repeating: 5, count: 600), miniBatches: 30).lines(width: 80, theme: theme)
        #expect(long[4].map(\.text).joined().contains("-10 m"))
        let short = JobChart(rows: [5, 7], miniBatches: 2).lines(width: 80, theme: theme)
        #expect(short.map { $0.map(\.text).joined() } == ["Rows/s  too short to chart"])
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
        map.receive(runs.map { MiniBatchRun(first: $0.0, count: $0.1, outcome: $0.2 ? .failed : .done) })
        return map
    }

    @Test func `knows its gaps`() {
        #expect(map([]).gaps(of: 9) == [0..<9])
        #expect(map([(0, 5, false), (5, 1, true), (7, 2, false)]).gaps(of: 9) == [6..<7])
        #expect(map([(2, 3, false)]).gaps(of: 9) == [0..<2, 5..<9])
    }

    @Test func `takes what was finished in its gaps, and keeps what it knew`() {
        var map = map([(0, 5, false), (7, 1, true), (9, 1, false)])
        map.receive([(5, 2), (8, 1), (12, 2)].map { MiniBatchRun(first: $0, count: $1) })
        #expect(map.gaps(of: 20) == [10..<12, 14..<20])
        #expect(map.finished == 12)
        map.receive([MiniBatchRun(first: 6, count: 4), MiniBatchRun(first: 10, count: 1)])
        #expect(map.finished == 13 && map.worst(in: 0..<20) == 7)
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
