import BatchDomain

/// The record of a noun with a page of details: where it is, its words, and what commands do with it.
struct DetailsNoun<Subject> {
    let route: Route
    let context: KeyContext
    let query: Query
    /// The title in the breadcrumbs; the subject is nil until it is there.
    let title: (Subject?) -> String
    /// The subject of the query's content; nil for other content.
    let subject: (Content) throws(Failure) -> Subject?
    /// The versions, the newest first.
    var versions: (Subject) -> [(title: String, route: Route)] = { _ in [] }
    /// The deployments that use it.
    var users: (Subject) -> [Deployment] = { _ in [] }
    /// The texts that can be copied.
    let copies: (Subject) -> Copies
    let details: (Subject, Scene) -> DetailLines
    /// Where commands lead.
    var opens: [Command: Route] = [:]
    /// The queries of commands whose result is said in a message.
    var fetches: [Command: Query] = [:]
    /// The command that deletes it; nil where it can't be deleted.
    var deletion: (command: Command, value: Deletion)?
    /// Why it can't be deleted, besides the deployments that use it.
    var refusalToDelete: (Subject) -> String? = { _ in nil }
}
