import BatchDomain
import FoundationEssentials
import TestSupport

@testable import StudioUI

extension Samples {
    /// A line of a log, a second after the one before.
    static func line(
        _ number: Int,
        _ text: String,
        _ source: JobLogSource = .executor,
        _ level: JobLogLevel = .info
    ) -> JobLogLine {
        let time = Int(SampleWorkspace.date.timeIntervalSince1970 * 1000) + 1000 * number
        return JobLogLine(text, place: .init(source: source, offset: 80 * number, time: time), level: level)
    }

    /// A window that is the whole log.
    static func window(
        _ lines: [JobLogLine],
        anchor: Int? = nil,
        isStart: Bool = true,
        isEnd: Bool = true
    ) -> JobLogWindow {
        JobLogWindow(
            lines: lines,
            anchor: anchor ?? lines.count,
            isStart: isStart,
            isEnd: isEnd,
            workers: [1, 2]
        )
    }

    /// The log of a job in which two workers print.
    static let logLines: [JobLogLine] = {
        var lines = [
            line(0, "The environment is ready (cached)."), line(1, "Scoring 2,400 files in 1,200 mini-batches."),
            line(2, "loading weights", .loading),
        ]
        for number in 3..<37 {
            let worker = 1 + number % 2
            lines.append(line(number, "scored batch \(number) of 1,200, mean 0.\(number)", .output(worker: worker)))
        }
        lines.append(
            line(
                37,
                "WARNING:root:column 'alcohol' has 14 missing values in rows 3, 17, 18, 40, 44, 71, 75, 79, 102, 140, 141, 150, "
                    + "188 and 201: nan is passed on to the model, which fills them with the mean of the training data",
                .errors(worker: 1),
                .warning
            )
        )
        let error = "Mini-batch 40: attempt 1: ValueError: bad row (logs/user/error/local/process002.txt)"
        lines.append(line(38, error, .executor, .error))
        lines.append(line(39, "  File \"score.py\", line 12, in run", .exceptions(worker: 2), .error))
        return lines
    }()
}

extension StudioBench {
    /// Answers the query for the end of the log of job `five`, whatever is filtered.
    mutating func answer(_ window: JobLogWindow) {
        for query in model.page?.queries ?? [] {
            if case .jobLog(let request) = query { answer(query, .jobLog(request, window)) }
        }
    }
}
