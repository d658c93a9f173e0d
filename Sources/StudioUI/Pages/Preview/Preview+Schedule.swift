import BatchDomain
import TerminalKit

extension Preview {
    /// A schedule: when it is due next, and how its last runs ended.
    static func schedule(_ row: Schedule) -> Preview {
        Preview(title: row.name, subject: .schedule(row.name)) { content, scene in
            var lines = DetailLines()
            if !row.description.isEmpty { lines.text(row.description) }
            lines.add(row, scene)
            guard case .schedule(let known)? = content else { return lines }
            lines.times(known.times, of: row, scene)
            lines.history(known.runs, scene)
            lines.runs(Array(known.runs.prefix(PreviewContent.jobCount)), scene)
            return lines
        }
    }
}
