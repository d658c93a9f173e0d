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
        var files = JobLogFile.all(of: folder, sources)
        for index in files.indices { files[index].move(to: positions[files[index].source] ?? 0) }
        var lines: [JobLogLine] = []
        while lines.count < Self.pieceLines, let index = Self.next(&files, after: open, isLast: isLast) {
            if let line = files[index].headLineUnchanged() {
                lines.append(line)
                open = line.isOpen ? line.place.source : nil
            }
            files[index].advance()
        }
        for file in files { positions[file.source] = file.position }
        return lines
    }

    /// The file whose line comes next: the one with the rest of a long line, else the one with the earliest line.
    private static func next(_ files: inout [JobLogFile], after open: JobLogSource?, isLast: Bool) -> Int? {
        var best: (index: Int, time: Int)?
        for index in files.indices {
            guard let time = files[index].headTime(isForward: true), isLast || files[index].isHeadComplete else {
                continue
            }
            if files[index].source == open { return index }
            if best.map({ time < $0.time }) ?? true { best = (index, time) }
        }
        return best?.index
    }
}
