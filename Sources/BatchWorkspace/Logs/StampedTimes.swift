/// Times at the beginnings of lines: `2026-11-29 19:24:05.123`.
struct StampedTimes {
    /// Maximum bytes that are searched backwards for the line with the time.
    private static let reach = 256 << 10

    private var lastLine = 0..<0
    private var lastTime = 0

    mutating func time(of line: Range<Int>, in lines: inout LogLines) -> Int {
        if lastLine.contains(line.lowerBound) { return lastTime }
        if let time = lines.withBytes(of: line, LogStamp.time) {
            (lastLine, lastTime) = (line, time)
            return time
        }
        var start = line.lowerBound
        while start > max(0, line.lowerBound - Self.reach), let before = lines.line(until: start) {
            start = before.lowerBound
            guard let time = lines.withBytes(of: before, LogStamp.time) else { continue }
            (lastLine, lastTime) = (start..<line.upperBound, time)
            break
        }
        // The caller's line is in the block again.
        _ = lines.line(from: line.lowerBound)
        return lastLine.contains(line.lowerBound) ? lastTime : 0
    }

    func offset(of time: Int, in lines: inout LogLines) -> Int {
        var (low, high) = (0, lines.size)
        while high - low > 2 * LogLines.longest {
            let middle = lines.beginning(from: low + (high - low) / 2)
            guard let found = Self.firstStamp(from: middle, to: high, in: &lines) else {
                high = middle
                continue
            }
            if found.time >= time { high = middle } else { low = found.line.upperBound }
        }
        while let found = Self.firstStamp(from: low, to: lines.size, in: &lines) {
            if found.time >= time { return found.line.lowerBound }
            low = found.line.upperBound
        }
        return lines.size
    }

    private static func firstStamp(
        from start: Int,
        to end: Int,
        in lines: inout LogLines
    ) -> (line: Range<Int>, time: Int)? {
        var start = start
        while start < end, let line = lines.line(from: start) {
            if let time = lines.withBytes(of: line, LogStamp.time) { return (line, time) }
            start = line.upperBound
        }
        return nil
    }
}
