package import BatchDomain

/// What a job's log gains, in the order of time as far as it is there: for a reader that has seen all before.
package struct JobLogTail {
    /// Maximum lines of one read.
    private static let pieceLines = 4096

    private let folder: JobFolder
    private let sources: JobLogFilter.Sources
    private var positions: [JobLogSource: Int] = [:]
    /// The source whose last line continues.
    private var open: JobLogSource?

    /// Begins at the start of the log.
    package init(of folder: JobFolder, _ sources: JobLogFilter.Sources = .all) {
        self.folder = folder
        self.sources = sources
    }

    /// Reads the lines that were completed since the last call as they are in their files, some thousands at most: call again
    /// until there are none.
    ///
    /// - Parameter isLast: True when nothing is added any more, so that lines without an end are lines.
    /// - Returns: The lines.
    package mutating func newLines(isLast: Bool = false) -> [JobLogLine] {
        var files = JobLogFiles(JobLogFile.all(of: folder, sources))
        var heads = JobLogHeads(isForward: true)
        /// The file with the rest of a long line, which comes first.
        var continued: Int?
        for index in files.indices {
            let source = files.source(of: index)
            let start = positions[source] ?? 0
            guard let time = files.read(index, { $0.next(from: start, isLast: isLast) }) else { continue }
            if source == open { continued = index } else { heads.insert(index, at: time) }
        }
        var lines: [JobLogLine] = []
        while lines.count < Self.pieceLines, let index = continued ?? heads.removeFirst() {
            guard let line = files.read(index, { $0.takeUnchanged() }) else { continue }
            lines.append(line)
            open = line.isOpen ? line.place.source : nil
            continued = nil
            guard let time = files.read(index, { $0.next(from: $0.position, isLast: isLast) }) else { continue }
            if line.isOpen { continued = index } else { heads.insert(index, at: time) }
        }
        for index in files.indices { positions[files.source(of: index)] = files.position(of: index) }
        return lines
    }
}

extension JobLogFile {
    /// The time of the line at an offset; nil where there is none, or none that is complete.
    fileprivate mutating func next(from offset: Int, isLast: Bool) -> Int? {
        move(to: offset)
        let time = seek(isForward: true, .all)
        return isLast || isHeadComplete() ? time : nil
    }
}
