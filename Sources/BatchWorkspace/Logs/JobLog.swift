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
        let all = filter.sources == .all ? files : JobLogFile.all(of: folder)
        var place = anchor
        var isFound = true
        if case .match(let text, let from, let isBackward) = anchor {
            var walk = JobLogWalk(
                files,
                from: anchor,
                isForward: !isBackward,
                JobLogWanted(filter, containing: text)
            )
            let match = walk.next()
            isFound = match != nil
            place = .line(match?.place ?? from)
        }
        let (before, isStart) = Self.lines(of: files, from: place, isForward: false, filter)
        let (after, isEnd) = Self.lines(of: files, from: place, isForward: true, filter)
        return JobLogWindow(
            lines: before.reversed() + after,
            anchor: before.count,
            isStart: isStart,
            isEnd: isEnd,
            workers: Set(all.compactMap(\.source.worker)).sorted(),
            isFound: isFound
        )
    }

    private static func lines(
        of files: [JobLogFile],
        from place: JobLogRequest.Anchor,
        isForward: Bool,
        _ filter: JobLogFilter
    ) -> (lines: [JobLogLine], isAll: Bool) {
        var walk = JobLogWalk(files, from: place, isForward: isForward, JobLogWanted(filter))
        var lines: [JobLogLine] = []
        var bytes = 0
        while lines.count < windowLines, bytes < windowBytes {
            guard let line = walk.next() else { return (lines, true) }
            bytes += line.text.utf8.count
            lines.append(line)
        }
        return (lines, false)
    }
}
