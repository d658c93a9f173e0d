import BatchDomain
import Foundation
import SystemKit

/// One of the files that make up a job's log, with a place in it.
struct JobLogFile {
    /// Bytes that are searched at a time for a line that is wanted.
    private static let pieceBytes = 64 << 10

    /// The line after the position, or before it.
    private struct Head {
        var line: Range<Int>
        var time: Int
        var isForward: Bool
        /// False where the search for a line that is wanted has only come so far.
        var isWanted: Bool
    }

    let source: JobLogSource
    private var lines: LogLines
    private var times: LogTimes
    /// Where the next line begins, or the last one ended.
    private(set) var position: Int
    private var head: Head?

    private init(_ source: JobLogSource, _ lines: LogLines, _ times: LogTimes) {
        self.source = source
        self.lines = lines
        self.times = times
        position = 0
    }

    /// Memory for what was read, in bytes.
    var heldBytes: Int { lines.heldBytes + times.heldBytes }

    /// Gives the memory back; what is needed again is read again.
    mutating func drop() {
        lines.drop()
        times.drop()
    }

    /// Moves the position to the next line that is wanted, or as far as was searched, or to the one before.
    ///
    /// - Returns: The time there; nil when there is nothing left.
    mutating func seek(isForward: Bool, _ wanted: JobLogWanted) -> Int? {
        head = nil
        var searched = 0
        while let line = isForward ? lines.line(from: position) : lines.line(until: position) {
            let isWanted = self.isWanted(line, wanted)
            if isWanted || searched >= Self.pieceBytes {
                let time = times.time(of: line, in: &lines)
                head = Head(line: line, time: time, isForward: isForward, isWanted: isWanted)
                return time
            }
            searched += line.count
            position = isForward ? line.upperBound : line.lowerBound
        }
        return nil
    }

    /// Passes over the line that was found; nil where none was found so far.
    mutating func take() -> JobLogLine? {
        guard let head, head.isWanted else { return nil }
        advance()
        return lines.withBytes(of: head.line) { [source] bytes in
            let (level, textStart) = Self.level(bytes, of: source)
            let place = JobLogLine.Place(source: source, offset: head.line.lowerBound, time: head.time)
            return JobLogLine(
                String(decoding: Self.shown(bytes[textStart...]), as: UTF8.self),
                place: place,
                level: level
            )
        }
    }

    /// Passes over the line that was found, as it stands in the file.
    mutating func takeUnchanged() -> JobLogLine? {
        guard let head else { return nil }
        advance()
        return lines.withBytes(of: head.line) { [source] bytes in
            let place = JobLogLine.Place(source: source, offset: head.line.lowerBound, time: head.time)
            let hasEnd = bytes.last == UInt8(ascii: "\n")
            let text = String(decoding: bytes[..<(bytes.count - (hasEnd ? 1 : 0))], as: UTF8.self)
            return JobLogLine(text, place: place, level: Self.level(bytes, of: source).level, isOpen: !hasEnd)
        }
    }

    private mutating func advance() {
        guard let head else { return }
        position = head.isForward ? head.line.upperBound : head.line.lowerBound
        self.head = nil
    }

    /// Puts the position at an offset.
    mutating func move(to offset: Int) {
        position = min(offset, lines.size)
        head = nil
    }

    /// Puts the position where the lines of a time, or of a later one, begin.
    mutating func move(toTime time: Int) {
        move(to: times.offset(of: time, in: &lines))
    }

    /// Passes over the next line.
    mutating func skipLine() {
        if let line = lines.line(from: position) { move(to: line.upperBound) }
    }

    /// True when the line that was found has its end.
    mutating func isHeadComplete() -> Bool { head.map { lines.isComplete($0.line) } ?? false }

    /// Of most lines that are searched no more is read than the bytes of the text.
    private mutating func isWanted(_ line: Range<Int>, _ wanted: JobLogWanted) -> Bool {
        if wanted.isAll { return true }
        return lines.withBytes(of: line) { [source] bytes in
            for needle in wanted.needles where !needle.mayBeFound(in: bytes) { return false }
            let (level, textStart) = Self.level(bytes, of: source)
            guard level >= wanted.level else { return false }
            let shown = Self.shown(bytes[textStart...])
            // The executor's log has the sentence above a traceback too; the empty line below says nothing.
            if source.isOfExceptions, textStart > 0 || shown.isEmpty { return false }
            return wanted.needles.allSatisfy { $0.isFound(in: UnsafeBufferPointer(rebasing: shown)) }
        }
    }

    private static func level(
        _ bytes: UnsafeBufferPointer<UInt8>,
        of source: JobLogSource
    ) -> (level: JobLogLevel, textStart: Int) {
        switch source {
        case .executor: LogStamp.executorLevel(bytes) ?? (.info, 0)
        case .exceptions, .otherExceptions:
            (.error, LogStamp.time(bytes) == nil ? 0 : min(bytes.count, LogStamp.length + 1))
        case .loading, .output, .errors: (LogStamp.printLevel(bytes), 0)
        }
    }

    /// The part of a line that is shown: of a progress bar that began its line again and again, the last state.
    private static func shown(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var rest = bytes
        while let last = rest.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { rest = rest.dropLast() }
        if let start = rest.lastIndex(of: UInt8(ascii: "\r")) { rest = rest[(start + 1)...] }
        return rest
    }
}

// MARK: The files of a job

extension JobLogFile {
    /// The files that have something, in the order of their sources.
    static func all(of folder: JobFolder, _ sources: JobLogFilter.Sources = .all) -> [JobLogFile] {
        var paths = [(JobLogSource.executor, folder.controllerLog), (.loading, folder.hostLog)]
        for name in names(in: folder.workerOutput) {
            if let worker = worker(name) { paths.append((.output(worker: worker), folder.workerOutput + "/" + name)) }
        }
        for name in names(in: folder.workerErrors) {
            if let worker = worker(name) { paths.append((.errors(worker: worker), folder.workerErrors + "/" + name)) }
        }
        for name in names(in: folder.exceptions) {
            let source = worker(name).map { JobLogSource.exceptions(worker: $0) } ?? .otherExceptions
            paths.append((source, folder.exceptions + "/" + name))
        }
        let wanted = paths.filter { sources.contains($0.0) }
        let blockSize = min(256 << 10, JobLogFiles.memory / max(1, wanted.count))
        return wanted.sorted { $0.0 < $1.0 }.compactMap { source, path in
            guard let lines = LogLines(at: path, blockSize: blockSize) else { return nil }
            return JobLogFile(source, lines, times(of: source, at: path, in: folder))
        }
    }

    private static func times(of source: JobLogSource, at path: String, in folder: JobFolder) -> LogTimes {
        switch source {
        case .executor, .exceptions, .otherExceptions: return .stamped(StampedTimes())
        case .output, .errors:
            let name = (path as NSString).lastPathComponent.prefix { $0 != "." }
            let isError = if case .errors = source { true } else { false }
            if let times = RecordedTimes(at: folder.printTimes + "/" + name, isError: isError) {
                return .recorded(times)
            }
            return .fixed(lastChange(of: path))
        case .loading:
            return RecordedTimes(at: folder.hostTimes, isError: false).map { .recorded($0) }
                ?? .fixed(lastChange(of: path))
        }
    }

    private static func lastChange(of path: String) -> Int {
        guard case .file(_, let seconds)? = try? FolderEntry(at: path)?.kind else { return 0 }
        return Int(seconds * 1000)
    }

    private static func names(in folder: String) -> [String] {
        ((try? FolderEntry.all(in: folder, mayBeMissing: true)) ?? []).map(\.name)
    }

    /// The number in `process012.stdout.txt`.
    private static func worker(_ name: String) -> Int? {
        let mark = "process"
        return name.hasPrefix(mark) ? Int(name.dropFirst(mark.count).prefix { $0.isNumber }) : nil
    }
}
