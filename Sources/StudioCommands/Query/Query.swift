import BatchDomain
import BatchManifest

/// A `--query`: an expression of JMESPath, read once and applied to an answer.
///
/// ```swift
/// let query = try QueryParser.parse("[?status=='Failed'].name | [0]")
/// let name = try query.evaluate(jobs)
/// ```
struct Query: Equatable, Sendable {
    /// The text as it was given.
    let text: String
    /// The expression that the text stands for.
    let expression: QueryExpression

    /// Returns the part of a value that the query selects; null when there is none.
    ///
    /// - Throws: ``Problem`` when a function gets an argument of another type.
    func evaluate(_ value: ManifestValue) throws(Problem) -> ManifestValue {
        do throws(QueryFault) {
            return try expression.evaluate(value)
        } catch {
            throw error.problem(in: text)
        }
    }
}
