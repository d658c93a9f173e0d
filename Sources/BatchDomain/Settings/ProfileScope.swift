/// The values of which a job keeps a profile.
package enum ProfileScope: String, Sendable, Codable, CaseIterable {
    /// None.
    case off
    /// The predictions of a model, the rows of a script.
    case predictions
}
