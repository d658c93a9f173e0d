/// Leaves out what a job's log says of failed attempts to build its environment beyond a screenful: uv explains a conflict on many
/// pages, and each attempt lists its requirements.
struct ResolverReasons {
    /// Maximum lines of uv's reasons and of the attempts after the first that are shown of a job, with the one that names the log.
    private static let maxLines = 20
    /// Maximum characters that are shown of a line.
    private static let maxLength = 500

    private let log: String
    private var shown = 0
    /// True within uv's reasons.
    private var isReason = false
    /// True once an attempt has failed.
    private var hasFailed = false
    /// True within the list of an attempt's requirements.
    private var isListing = false

    /// - Parameter log: The file that holds all of it.
    init(log: String) { self.log = log }

    /// The lines of a log that are shown.
    mutating func shortened(_ lines: String) -> String {
        var result = ""
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            guard isLimited(line) else {
                result += line + "\n"
                continue
            }
            shown += 1
            if shown < Self.maxLines {
                result += line.count > Self.maxLength ? line.prefix(Self.maxLength) + "…\n" : line + "\n"
            } else if shown == Self.maxLines {
                result += "… more of uv's reasons are in \(log)\n"
            }
        }
        return result
    }

    private mutating func isLimited(_ line: Substring) -> Bool {
        // The date, the time and the level come first.
        let text = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).last ?? ""
        if text.hasPrefix("  uv: ") {
            isReason = isReason || text.hasPrefix("  uv: error:") || text.contains("×")
            hasFailed = hasFailed || isReason
            return isReason
        }
        isReason = false
        isListing = text.hasPrefix("Attempt ") || isListing && text.hasPrefix("  ")
        return hasFailed && isListing
    }
}
