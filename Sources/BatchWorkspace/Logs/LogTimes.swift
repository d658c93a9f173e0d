/// The times of the lines of a log file, in milliseconds since 1970, and where the lines of a time begin.
enum LogTimes {
    /// The lines begin with their times; one that does not is of the time of the line before.
    case stamped(StampedTimes)
    /// The times are in a file that a worker wrote beside.
    case recorded(RecordedTimes)
    /// All lines are of one time.
    case fixed(Int)

    /// The time of a line, which was just found.
    mutating func time(of line: Range<Int>, in lines: inout LogLines) -> Int {
        switch self {
        case .stamped(var times):
            defer { self = .stamped(times) }
            return times.time(of: line, in: &lines)
        case .recorded(var times):
            defer { self = .recorded(times) }
            return times.time(at: line.lowerBound)
        case .fixed(let time): return time
        }
    }

    /// Memory for what was read, in bytes.
    var heldBytes: Int { if case .recorded(let times) = self { times.heldBytes } else { 0 } }

    /// Gives the memory back.
    mutating func drop() {
        guard case .recorded(var times) = self else { return }
        times.drop()
        self = .recorded(times)
    }

    /// Where the first line of a time, or of a later one, begins.
    func offset(of time: Int, in lines: inout LogLines) -> Int {
        switch self {
        case .stamped(let times): return times.offset(of: time, in: &lines)
        case .recorded(var times): return times.offset(of: time).map { lines.beginning(from: $0) } ?? lines.size
        case .fixed(let fixed): return fixed >= time ? 0 : lines.size
        }
    }
}
