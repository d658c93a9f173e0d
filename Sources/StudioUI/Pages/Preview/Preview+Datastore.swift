import BatchDomain
import TerminalKit

extension Preview {
    /// A datastore: where it is and what lies in it.
    static func datastore(_ row: Datastore) -> Preview {
        Preview(title: row.name, subject: .datastore(row.name)) { content, scene in
            var lines = DetailLines()
            lines.add(row)
            guard case .datastore(let known)? = content else { return lines }
            lines.add(known, scene)
            return lines
        }
    }
}
