import BatchDomain
import FoundationEssentials
import GRDB

/// The SQL of a part of the list of jobs.
struct JobSelection {
    /// The `WHERE` clause.
    let condition: String
    /// The values of the condition.
    let arguments: StatementArguments
    /// The table with the index that answers best.
    let table: String
    private let listing: JobListing

    init(_ listing: JobListing) {
        self.listing = listing
        var conditions = [listing.visibility.condition]
        var arguments: StatementArguments = []
        if let endpoint = listing.endpointName {
            conditions.append("endpointName = ?")
            arguments += [endpoint]
        }
        for word in listing.filter.split(separator: " ") {
            let condition = WordCondition(word, in: Self.searched)
            conditions.append(condition.sql)
            arguments += condition.arguments
        }
        condition = "WHERE " + conditions.joined(separator: " AND ")
        self.arguments = arguments
        // The index holds all that is looked at; the table's rows are some hundred times as large.
        let isOfEndpoint = listing.filter.isEmpty && listing.order == nil && listing.endpointName != nil
        table = isOfEndpoint ? "job" : "job INDEXED BY jobList"
    }

    /// The `ORDER BY` terms with their values; the newest comes first among equals.
    func order(at now: Date) -> (sql: String, arguments: StatementArguments) {
        guard let order = listing.order else { return ("sequence DESC", []) }
        let direction = listing.isDescending ? " DESC" : ""
        switch order {
        case .submitted: return ("sequence" + direction, [])
        case .status: return ("state\(direction), (failedFiles > 0)\(direction), sequence DESC", [])
        case .job: return ("\(Self.title) COLLATE NOCASE\(direction), sequence DESC", [])
        case .endpoint: return ("endpointName\(direction), sequence DESC", [])
        case .deployment: return ("deploymentName\(direction), sequence DESC", [])
        case .failed: return ("failedFiles\(direction), sequence DESC", [])
        case .duration:
            return ("julianday(coalesce(endedAt, ?)) - julianday(startedAt)\(direction), sequence DESC", [now])
        case .progress:
            let fraction = "CAST(doneMiniBatches + failedMiniBatches AS REAL) / miniBatches"
            return ("\(fraction)\(direction), sequence DESC", [])
        }
    }

    /// The names of a job and its state, as the list shows it and as Azure writes it.
    private static let searched = {
        let states = JobState.allCases.filter { $0.words != $0.rawValue }
            .map { "WHEN '\($0.rawValue)' THEN ' \($0.words)'" }
        let partial =
            "WHEN '\(JobState.completed.rawValue)' THEN CASE WHEN failedFiles > 0 THEN ' files failed' ELSE '' END"
        return "name || ' ' || displayName || ' ' || endpointName || ' ' || deploymentName || ' ' || state || "
            + "CASE state \((states + [partial]).joined(separator: " ")) ELSE '' END"
    }()

    /// The name that the list shows, as ``JobOverview/title`` has it: one that no user chose is the last choice.
    private static let title = """
        CASE WHEN displayName GLOB '[a-z]*_[a-z]*_????????' \
        AND name NOT GLOB '????????-????-????-????-????????????' THEN name ELSE displayName END
        """
}
