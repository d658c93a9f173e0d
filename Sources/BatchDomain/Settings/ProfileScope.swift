/// The values of which a job keeps a profile.
package enum ProfileScope: String, Sendable, Codable, CaseIterable {
    /// None.
    case off
    /// The predictions of a model, the rows of a script.
    case predictions
    /// Those, and what an MLflow model gets: the columns of its inputs.
    case inputs
}
