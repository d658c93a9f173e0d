import BatchDomain
import Foundation
import SystemKit

/// One of the files that make up a job's log, with a place in it.
struct JobLogFile {
    let source: JobLogSource
    private(set) var lines: LogLines
    private var times: LogTimes
    /// Where the next line begins, or the last one ended.
    private(set) var position: Int
    /// The line after the position, or before it, whichever was looked at last.
    private var head: (line: Range<Int>, time: Int, isForward: Bool)?

    private init(_ source: JobLogSource, _ lines: LogLines, _ times: LogTimes) {
        self.source = source
        self.lines = lines
        self.times = times
        position = 0
    }

    /// The time of the next line, or of the one before the position; nil when there is none.
    mutating func headTime(isForward: Bool) -> Int? {
        if let head, head.isForward == isForward { return head.time }
        let found = isForward ? lines.line(from: position) : lines.line(until: position)
        head = found.map { ($0, times.time(of: $0, in: &lines), isForward) }
        return head?.time
    }

    /// Moves the position over the line whose time was asked for.
    mutating func advance() {
        guard let (line, _, isForward) = head else { return }
        position = isForward ? line.upperBound : line.lowerBound
        head = nil
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

    /// True when the line whose time was asked for has its end.
    var isHeadComplete: Bool { head.map { lines.isComplete($0.line) } ?? false }

    /// The line whose time was asked for, unless it is of a lower level or without the texts.
    func headLine(level: JobLogLevel, containing needles: [LogNeedle]) -> JobLogLine? {
        guard let (line, time, _) = head else { return nil }
        return lines.withBytes(of: line) { bytes in
            let (own, textStart) = self.level(bytes)
            guard own >= level else { return nil }
            let shown = Self.shown(bytes[textStart...])
            // The executor's log has the sentence above a traceback too; the empty line below says nothing.
            if source.isOfExceptions, textStart > 0 || shown.isEmpty { return nil }
            for needle in needles where !needle.isFound(in: UnsafeBufferPointer(rebasing: shown)) { return nil }
            let place = JobLogLine.Place(source: source, offset: line.lowerBound, time: time)
            return JobLogLine(String(decoding: shown, as: UTF8.self), place: place, level: own)
        }
    }

    /// The line whose time was asked for, as it stands in the file.
    func headLineUnchanged() -> JobLogLine? {
        guard let (line, time, _) = head else { return nil }
        return lines.withBytes(of: line) { bytes in
            let place = JobLogLine.Place(source: source, offset: line.lowerBound, time: time)
            let hasEnd = bytes.last == UInt8(ascii: "\n")
            let text = String(decoding: bytes[..<(bytes.count - (hasEnd ? 1 : 0))], as: UTF8.self)
            return JobLogLine(text, place: place, level: level(bytes).level, isOpen: !hasEnd)
        }
    }

    private func level(_ bytes: UnsafeBufferPointer<UInt8>) -> (level: JobLogLevel, textStart: Int) {
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
    /// Memory for what is read of all files, in bytes.
    private static let memory = 4 << 20

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
        let blockSize = min(256 << 10, memory / max(1, wanted.count))
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
