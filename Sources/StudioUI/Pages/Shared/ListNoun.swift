import BatchDomain
import FoundationEssentials
import TerminalKit

/// The record of a noun with a list page: its rows, its words, and what commands do with a row.
///
///     extension ListNoun<Model> {
///         static var models: Self { ListNoun(section: .models, context: .models, …) }
///     }
struct ListNoun<Row> {
    let section: Section
    let context: KeyContext
    /// The text of a list without rows.
    let emptyText: String
    /// Why a command that needs a row can't be carried out.
    let noRow: String
    /// The kind of asset whose archived versions the list can show; nil where nothing is archived.
    var archived: AssetKind?
    let query: (Visibility) -> Query
    /// The rows of a query's content; nil for other content.
    let rows: (Content) -> [Row]?
    /// The name that tells rows apart.
    let name: (Row) -> String
    let route: (Row) -> Route
    let columns: (Scene) -> [TableColumn<Row>]
    /// What is shown beside the list for the selected row.
    let preview: (Row) -> Preview
    /// The command that opens the form or wizard of a new one, and where it is.
    let creation: (command: Command, route: Route)
    /// The commands of the selected row.
    var actions: [Command: (Row) -> Request] = [:]
    /// The job that job commands are about; nil where a row has none.
    var job: (Row) -> JobOverview? = { _ in nil }
    /// The command that deletes the selected row, and the row's deletion.
    let deletion: (command: Command, row: (Row) -> Deletion)
    /// The changes that a command makes of the marked rows, or of the selected one where none is marked.
    var changes: [Command: ([Row]) -> [UseCase]] = [:]
    /// The requests that follow from the answer to a question of its commands; nil for other questions.
    var answer: (_ question: String, _ choice: String) -> [Request]? = { _, _ in nil }
    /// The requests when a change of its commands is made; nil for other changes.
    var finish: (UseCase, Outcome) -> [Request]? = { _, _ in nil }
    /// Why a command can't be carried out on a row; nil when it can.
    var refusal: (Command, Row) -> String? = { _, _ in nil }
}

extension TableColumn {
    /// The column with the time of creation.
    static func created(_ scene: Scene, importance: Int, _ date: @escaping @Sendable (Row) -> Date) -> Self {
        TableColumn(
            "Created",
            .fixed(12),
            importance: importance,
            role: { _ in .muted },
            precedes: { date($0) < date($1) },
            text: { scene.date(date($0)) }
        )
    }
}
