package import BatchDomain

/// The log of a job: what the executor did, what workers printed and which exceptions were raised, in the order of time.
///
/// It is many files, which may be large: only what is asked for is read.
package struct JobLog: Sendable {
    /// Maximum lines of a window before its anchor, and after it.
    package static let windowLines = 500
    /// Maximum bytes of text of a window before its anchor, and after it.
    private static let windowBytes = 1 << 20

    private let folder: JobFolder

    package init(in folder: JobFolder) {
        self.folder = folder
    }

    /// The lines around a place.
    package func window(_ anchor: JobLogRequest.Anchor, _ filter: JobLogFilter) -> JobLogWindow {
        let files = JobLogFile.all(of: folder, filter.sources)
        let workers = Set(JobLogFile.all(of: folder).compactMap(\.source.worker)).sorted()
        var place = anchor
        var isFound = true
        if case .match(let text, let from, let isBackward) = anchor {
            var walk = JobLogWalk(files, from: .line(from))
            if !isBackward { walk.skip(from) }
            let match = walk.next(isForward: !isBackward, filter, containing: text)
            isFound = match != nil
            place = .line(match?.place ?? from)
        }
        var back = JobLogWalk(files, from: place)
        let (before, isStart) = Self.lines(of: &back, isForward: false, filter)
        var ahead = JobLogWalk(files, from: place)
        let (after, isEnd) = Self.lines(of: &ahead, isForward: true, filter)
        return JobLogWindow(
            lines: before.reversed() + after,
            anchor: before.count,
            isStart: isStart,
            isEnd: isEnd,
            workers: workers,
            isFound: isFound
        )
    }

    private static func lines(
        of walk: inout JobLogWalk,
        isForward: Bool,
        _ filter: JobLogFilter
    ) -> (lines: [JobLogLine], isAll: Bool) {
        var lines: [JobLogLine] = []
        var bytes = 0
        while lines.count < windowLines, bytes < windowBytes {
            guard let line = walk.next(isForward: isForward, filter) else { return (lines, true) }
            bytes += line.text.utf8.count
            lines.append(line)
        }
        return (lines, false)
    }
}
