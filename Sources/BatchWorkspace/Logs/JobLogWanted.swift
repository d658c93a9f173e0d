import BatchDomain

/// The lines of a job's log that are wanted.
struct JobLogWanted {
    /// All lines as they stand in their files.
    static let all = JobLogWanted()

    /// The lowest level.
    let level: JobLogLevel
    /// The texts in what a line shows.
    let needles: [LogNeedle]
    /// True where no line is looked at.
    let isAll: Bool

    private init() {
        (level, needles, isAll) = (.debug, [], true)
    }

    /// The lines that a filter lets through, with a text besides.
    init(_ filter: JobLogFilter, containing text: String = "") {
        level = filter.level
        needles = [filter.text, text].compactMap(LogNeedle.init)
        isAll = false
    }
}
