/// Leaves out what a job's log says of building its environment beyond a screenful: uv explains a conflict on many pages, each
/// attempt lists its requirements, and each installed package has a line.
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
    /// The lines of installed packages that are not shown yet.
    private var packages = 0
    /// The last of them.
    private var package: Substring = ""
    /// True within the list of an attempt's requirements.
    private var isListing = false

    /// - Parameter log: The file that holds all of it.
    init(log: String) { self.log = log }

    /// The lines of a log that are shown.
    mutating func shortened(_ lines: String) -> String {
        var result = ""
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if Self.text(of: line).hasPrefix("  uv:  + ") {
                packages += 1
                package = line
                continue
            }
            result += rest()
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

    /// The line for the installed packages that were not shown; nothing where there are none.
    mutating func rest() -> String {
        defer { (packages, package) = (0, "") }
        if packages < 2 { return packages == 0 ? "" : package + "\n" }
        return package.dropLast(Self.text(of: package).count) + "  uv:  + \(packages) packages, listed in \(log)\n"
    }

    /// A line without its date, time and level.
    private static func text(of line: Substring) -> Substring {
        line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).last ?? ""
    }

    private mutating func isLimited(_ line: Substring) -> Bool {
        let text = Self.text(of: line)
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
