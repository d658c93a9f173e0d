/// A line of a job's log.
package struct JobLogLine: Hashable, Sendable {
    /// Its place, by which it is found again.
    package struct Place: Hashable, Sendable {
        /// Its origin.
        package var source: JobLogSource
        /// Where it begins in its file.
        package var offset: Int
        /// Its time in milliseconds since 1970.
        package var time: Int

        package init(source: JobLogSource, offset: Int, time: Int) {
            self.source = source
            self.offset = offset
            self.time = time
        }
    }

    /// Its place.
    package var place: Place
    /// Its level; that of a print is guessed from its words.
    package var level: JobLogLevel
    /// Its text; in a window without time and level where the executor wrote them.
    package var text: String
    /// True when it is the beginning of a long line, which continues in the next line of its source.
    package var isOpen: Bool

    package init(_ text: String, place: Place, level: JobLogLevel, isOpen: Bool = false) {
        self.text = text
        self.place = place
        self.level = level
        self.isOpen = isOpen
    }
}

/// The lines of a job's log that are wanted.
package struct JobLogFilter: Hashable, Sendable {
    /// The origins of lines.
    package enum Sources: Hashable, Sendable {
        case all
        case executor
        /// Everything but the executor's lines.
        case scripts
        case worker(Int)

        /// Returns whether lines of an origin are wanted.
        package func contains(_ source: JobLogSource) -> Bool {
            switch self {
            case .all: true
            case .executor: source == .executor
            case .scripts: source != .executor
            case .worker(let worker): source.worker == worker
            }
        }
    }

    /// The origins.
    package var sources = Sources.all
    /// The lowest level.
    package var level = JobLogLevel.debug
    /// The text in the line, in either case; empty for any.
    package var text = ""

    package init() {}
}

/// What of a job's log is wanted.
package struct JobLogRequest: Hashable, Sendable {
    /// Where the lines stand.
    package enum Anchor: Hashable, Sendable {
        case start
        case end
        /// From a time on, in milliseconds since 1970.
        case time(Int)
        /// Around a line.
        case line(JobLogLine.Place)
        /// Around the nearest line before or after another that contains a text.
        case match(String, from: JobLogLine.Place, isBackward: Bool)
    }

    /// The job.
    package var job: String
    /// Where the lines stand.
    package var anchor: Anchor
    /// The lines that count.
    package var filter: JobLogFilter

    package init(job: String, anchor: Anchor, filter: JobLogFilter) {
        self.job = job
        self.anchor = anchor
        self.filter = filter
    }
}

/// A part of a job's log.
package struct JobLogWindow: Equatable, Sendable {
    /// The lines, oldest first.
    package var lines: [JobLogLine]
    /// The index of the line that was asked for.
    package var anchor: Int
    /// True when there are no lines before these.
    package var isStart: Bool
    /// True when there are no lines after these.
    package var isEnd: Bool
    /// The workers that have a log.
    package var workers: [Int]
    /// False when the text that was searched is not there.
    package var isFound: Bool

    package init(
        lines: [JobLogLine],
        anchor: Int,
        isStart: Bool,
        isEnd: Bool,
        workers: [Int] = [],
        isFound: Bool = true
    ) {
        self.lines = lines
        self.anchor = anchor
        self.isStart = isStart
        self.isEnd = isEnd
        self.workers = workers
        self.isFound = isFound
    }
}
