import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkspace

/// The files of a job's log as one.
struct JobLogTests {
    private static let start = 1_795_981_445_000

    /// A folder of a job with the prints of workers at given times.
    private static func withJob(
        executor: [(at: Int, text: String)] = [],
        prints: [Int: [(at: Int, out: String, err: String)]] = [:],
        _ body: (JobFolder) throws -> Void
    ) throws {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = WorkspaceFolder(path: path).job("night")
        let stamps = executor.map { "\(stamp($0.at)) \($0.text)\n" }.joined()
        if !stamps.isEmpty { try write(stamps, to: folder.controllerLog) }
        for (worker, pieces) in prints {
            let name = "process00\(worker)"
            var (out, err, times) = ("", "", Data())
            for piece in pieces {
                for number in [start + piece.at, out.utf8.count, err.utf8.count] {
                    withUnsafeBytes(of: Int64(number).littleEndian) { times.append(contentsOf: $0) }
                }
                (out, err) = (out + piece.out, err + piece.err)
            }
            try write(out, to: "\(folder.workerOutput)/\(name).stdout.txt")
            try write(err, to: "\(folder.workerErrors)/\(name).stderr.txt")
            try FileManager.default.createDirectory(atPath: folder.printTimes, withIntermediateDirectories: true)
            try times.write(to: URL(fileURLWithPath: "\(folder.printTimes)/\(name)"))
        }
        try body(folder)
    }

    private static func stamp(_ at: Int) -> String {
        Date(timeIntervalSince1970: Double(start + at) / 1000).formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: true)
        )
    }

    private static func texts(_ window: JobLogWindow) -> [String] { window.lines.map(\.text) }

    private static func withTwoWorkers(_ body: (JobFolder) throws -> Void) throws {
        try withJob(
            executor: [(0, "INFO Scoring."), (250, "WARNING Worker 2 is slow."), (900, "INFO The job is Completed.")],
            prints: [
                1: [(100, "one a\n", ""), (300, "one b\n", ""), (300, "", "ERROR:root:one c\n")],
                2: [(200, "two a\n", ""), (400, "two b\n", "")],
            ],
            body
        )
    }

    @Test func `All files are merged by time`() throws {
        try Self.withTwoWorkers { folder in
            let window = JobLog(in: folder).window(.end, JobLogFilter())
            #expect(
                Self.texts(window) == [
                    "Scoring.", "one a", "two a", "Worker 2 is slow.", "one b", "ERROR:root:one c", "two b",
                    "The job is Completed.",
                ]
            )
            #expect(window.isStart && window.isEnd && window.anchor == 8)
            #expect(window.workers == [1, 2])
            #expect(window.lines.map { $0.place.time - Self.start } == [0, 100, 200, 250, 300, 300, 400, 900])
            #expect(window.lines[3].level == .warning && window.lines[5].level == .error)
            #expect(window.lines[5].place.source == .errors(worker: 1))
        }
    }

    @Test func `From whichever line one looks, what is before it and after it is the same`() throws {
        try Self.withTwoWorkers { folder in
            let log = JobLog(in: folder)
            let all = log.window(.end, JobLogFilter())
            for (index, line) in all.lines.enumerated() {
                let window = log.window(.line(line.place), JobLogFilter())
                #expect(window.lines == all.lines)
                #expect(window.anchor == index)
            }
            #expect(log.window(.start, JobLogFilter()).lines == all.lines)
            #expect(log.window(.time(Self.start + 200), JobLogFilter()).anchor == 2)
            #expect(log.window(.time(Self.start + 201), JobLogFilter()).anchor == 3)
        }
    }

    @Test func `Lines are filtered by source, level and text`() throws {
        try Self.withTwoWorkers { folder in
            let log = JobLog(in: folder)
            func texts(_ change: (inout JobLogFilter) -> Void) -> [String] {
                var filter = JobLogFilter()
                change(&filter)
                return Self.texts(log.window(.end, filter))
            }
            #expect(texts { $0.sources = .worker(2) } == ["two a", "two b"])
            #expect(texts { $0.sources = .scripts }.count == 5)
            #expect(texts { $0.sources = .executor }.count == 3)
            #expect(texts { $0.level = .warning } == ["Worker 2 is slow.", "ERROR:root:one c"])
            #expect(texts { $0.text = "ONE" } == ["one a", "one b", "ERROR:root:one c"])
        }
    }

    @Test func `A search continues from a line in both directions, and says when there is nothing`() throws {
        try Self.withTwoWorkers { folder in
            let log = JobLog(in: folder)
            let all = log.window(.end, JobLogFilter()).lines
            func found(_ text: String, from index: Int, isBackward: Bool) -> String? {
                let place = all[index].place
                let window = log.window(.match(text, from: place, isBackward: isBackward), JobLogFilter())
                return window.isFound ? window.lines[window.anchor].text : nil
            }
            #expect(found("two", from: 6, isBackward: true) == "two a")
            #expect(found("TWO", from: 2, isBackward: false) == "two b")
            #expect(found("two a", from: 2, isBackward: true) == nil)
            #expect(found("two a", from: 2, isBackward: false) == nil)
        }
    }

    @Test func `Native prints that no record was made for are of the time of the last record`() throws {
        try Self.withJob(prints: [1: [(100, "a\nb\n", ""), (700, "c\n", "")]]) { folder in
            let lines = JobLog(in: folder).window(.end, JobLogFilter()).lines
            #expect(lines.map { $0.place.time - Self.start } == [100, 100, 700])
        }
    }

    @Test func `Lines of an exception stand together at its time`() throws {
        try Self.withJob(executor: [(0, "INFO a"), (500, "INFO b")]) { folder in
            let traceback = "Traceback (most recent call last):\n  File \"score.py\"\n"
            try write("\(Self.stamp(300)) ValueError: x\n" + traceback, to: folder.exceptions + "/process001.txt")
            let window = JobLog(in: folder).window(.end, JobLogFilter())
            // The sentence above a traceback is in the executor's log too.
            #expect(Self.texts(window) == ["a", "Traceback (most recent call last):", "  File \"score.py\"", "b"])
            let last = try #require(window.lines.dropLast().last)
            #expect(JobLog(in: folder).window(.line(last.place), JobLogFilter()).anchor == 2)
        }
    }

    @Test func `Of a large log only a window is there`() throws {
        let lines = (0..<20_000).map { (at: $0, text: "INFO line \($0)") }
        try Self.withJob(executor: lines) { folder in
            let log = JobLog(in: folder)
            let end = log.window(.end, JobLogFilter())
            #expect(Self.texts(end) == (19_500..<20_000).map { "line \($0)" })
            #expect(!end.isStart && end.isEnd)
            let middle = log.window(.time(Self.start + 7000), JobLogFilter())
            #expect(Self.texts(middle) == (6500..<7500).map { "line \($0)" })
            #expect(!middle.isStart && !middle.isEnd && middle.anchor == 500)
            let match = log.window(.match("line 77", from: middle.lines[0].place, isBackward: true), JobLogFilter())
            #expect(match.lines[match.anchor].text == "line 779")
        }
    }

    @Test(arguments: [100, 5000, 9000, 100_000, 300_007])
    func `A line without an end is cut at the same places in both directions`(length: Int) throws {
        let long = String((0..<length).map { Character("\($0 % 10)") })
        try Self.withJob(prints: [1: [(0, "first\n" + long + "\nlast\n" + long, "")]]) { folder in
            let log = JobLog(in: folder)
            let ahead = log.window(.start, JobLogFilter()).lines
            #expect(ahead.first?.text == "first")
            #expect(ahead.allSatisfy { $0.text.utf8.count <= LogLines.longest })
            #expect(ahead.map(\.text).joined() == "first" + long + "last" + long)
            #expect(log.window(.end, JobLogFilter()).lines == ahead)
        }
    }

    @Test(arguments: ["ж", "a漢", "é😀"])
    func `A line is not cut within a character`(text: String) throws {
        let long = String(repeating: text, count: 12_000)
        try Self.withJob(prints: [1: [(0, "first\n" + long + "\nlast\n", "")]]) { folder in
            let log = JobLog(in: folder)
            let ahead = log.window(.start, JobLogFilter()).lines
            #expect(ahead.map(\.text).joined() == "first" + long + "last")
            #expect(log.window(.end, JobLogFilter()).lines == ahead)
            for line in ahead { #expect(log.window(.line(line.place), JobLogFilter()).lines == ahead) }
            var tail = JobLogTail(of: folder)
            #expect(tail.newLines().map(\.text).joined() == "first" + long + "last")
        }
    }

    @Test func `A search finds what is shown, in either case`() throws {
        let shown = [
            "10 %\r\u{1b}[31mErr\u{1b}[0mor in step 100 %", "Über den Wolken", "plain",
        ]
        try Self.withJob(
            executor: [(0, "INFO Scoring.")],
            prints: [1: [(100, shown.map { $0 + "\n" }.joined(), "")]]
        ) { folder in
            func texts(_ text: String) -> Int {
                var filter = JobLogFilter()
                filter.text = text
                return JobLog(in: folder).window(.end, filter).lines.count
            }
            #expect(texts("info") == 0 && texts("2026") == 0)
            #expect(texts("scoring") == 1)
            #expect(texts("10 %\r") == 0 && texts("31m") == 0)
            #expect(texts("error IN") == 1 && texts("100 %") == 1)
            #expect(texts("über") == 1 && texts("ÜBER") == 1)
        }
    }

    @Test func `What loading printed has the time at which the host was started`() throws {
        try Self.withJob(executor: [(0, "INFO a"), (500, "INFO b"), (900, "INFO c")]) { folder in
            try FileManager.default.createDirectory(atPath: folder.printTimes, withIntermediateDirectories: true)
            func start(_ at: Int, size: Int) {
                let date = Date(timeIntervalSince1970: Double(Self.start + at) / 1000)
                RecordedTimes.record(date, size: size, at: folder.hostTimes)
            }
            start(50, size: 0)
            start(100, size: 0)
            try write("loading\n", to: folder.hostLog)
            #expect(Self.texts(JobLog(in: folder).window(.end, JobLogFilter())) == ["a", "loading", "b", "c"])
            start(600, size: 8)
            try write("loading\nagain\n", to: folder.hostLog)
            let lines = JobLog(in: folder).window(.end, JobLogFilter()).lines
            #expect(lines.map(\.text) == ["a", "loading", "b", "again", "c"])
            #expect(lines.map { $0.place.time - Self.start } == [0, 100, 500, 600, 900])
        }
    }

    @Test func `Of the logs of a thousand workers a few megabytes are in memory, read or searched`() throws {
        let text = String(repeating: "x", count: 600)
        var prints: [Int: [(at: Int, out: String, err: String)]] = [:]
        for worker in 1...1000 {
            prints[worker] = (0..<20).map { (at: 1000 * $0 + worker, out: "\(worker) \($0) \(text)\n", err: "") }
        }
        prints[500]?.append((at: 30_000, out: "the needle\n", err: ""))
        try Self.withJob(prints: prints) { folder in
            let files = JobLogFile.all(of: folder)
            #expect(files.count == 1000)
            let middle = JobLogRequest.Anchor.time(Self.start + 10_500)
            for isForward in [true, false] {
                var walk = JobLogWalk(files, from: middle, isForward: isForward, JobLogWanted(JobLogFilter()))
                var times: [Int] = []
                for _ in 0..<3000 {
                    times += walk.next().map { [$0.place.time] } ?? []
                    #expect(walk.heldBytes <= JobLogFiles.memory)
                }
                #expect(times.count == 3000 && times == times.sorted { isForward ? $0 < $1 : $0 > $1 })
            }
            let wanted = JobLogWanted(JobLogFilter(), containing: "The NEEDLE")
            var search = JobLogWalk(files, from: .start, isForward: true, wanted)
            #expect(search.next()?.text == "the needle")
            #expect(search.heldBytes <= JobLogFiles.memory)
            #expect(search.next() == nil)
            var tail = JobLogTail(of: folder)
            var count = 0
            while case let lines = tail.newLines(), !lines.isEmpty { count += lines.count }
            #expect(count == 20_001)
        }
    }

    @Test func `Lines that a filter lets through stand in order, however far apart they are`() throws {
        var prints: [Int: [(at: Int, out: String, err: String)]] = [:]
        for worker in 1...3 {
            prints[worker] = (0..<4000).map { step in
                let word = step % (700 * worker) == 0 ? "found" : "passed over, with some words more"
                return (at: 10 * step + worker, out: "\(word) \(worker) \(step)\n", err: "")
            }
        }
        try Self.withJob(prints: prints) { folder in
            let log = JobLog(in: folder)
            var filter = JobLogFilter()
            filter.text = "found"
            let lines = log.window(.end, filter).lines
            #expect(lines.map(\.place.time) == lines.map(\.place.time).sorted())
            #expect(lines.count == 6 + 3 + 2)
            for (index, line) in lines.enumerated() {
                let window = log.window(.line(line.place), filter)
                #expect(window.lines == lines && window.anchor == index)
            }
        }
    }

    @Test func `What is added is told once, long lines in pieces`() throws {
        try Self.withTwoWorkers { folder in
            var tail = JobLogTail(of: folder)
            let before = tail.newLines()
            #expect(before.first?.text == "\(Self.stamp(0)) INFO Scoring.")
            #expect(before.count == 8)
            #expect(tail.newLines().isEmpty)
            let long = String(repeating: "x", count: 50_000)
            let file = try #require(FileHandle(forWritingAtPath: folder.workerOutput + "/process002.stdout.txt"))
            try file.seekToEnd()
            try file.write(contentsOf: Data("\(long)\nopen".utf8))
            let added = tail.newLines()
            #expect(added.map(\.text).joined() == long)
            #expect(added.map(\.isOpen) == added.indices.map { $0 < added.count - 1 })
            #expect(tail.newLines().isEmpty)
            #expect(tail.newLines(isLast: true).map(\.text) == ["open"])
        }
    }
}
