/// Leaves out what a job's log says of uv's reasons beyond a screenful: uv explains a conflict on many pages.
struct ResolverReasons {
    /// Lines of reasons that are shown of a job.
    private static let mostLines = 20
    /// Characters that are shown of a line.
    private static let longestLine = 500

    private let log: String
    private var shown = 0
    private var left = 0
    private var isReason = false

    /// - Parameter log: The file that holds all of it.
    init(log: String) { self.log = log }

    /// The lines of a log that are shown.
    mutating func shortened(_ lines: String) -> String {
        var result = ""
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            guard let words = line.firstRange(of: "  uv: ")?.upperBound else {
                isReason = false
                result += ended() + line + "\n"
                continue
            }
            isReason = isReason || line[words...].hasPrefix("error:") || line[words...].contains("×")
            if isReason { shown += 1 }
            if isReason, shown > Self.mostLines {
                left += 1
            } else if isReason, line.count > Self.longestLine {
                result += line.prefix(Self.longestLine) + "…\n"
            } else {
                result += line + "\n"
            }
        }
        return result
    }

    /// Names how many lines were left out since the last call.
    private mutating func ended() -> String {
        defer { left = 0 }
        return left == 0 ? "" : "… \(left) more lines of uv's reasons are in \(log)\n"
    }
}
