/// How many predictions an MLflow model must return for the rows that it was given.
package enum RowContract: String, Sendable, Codable, CaseIterable {
    /// One prediction for each row; anything else fails the file.
    case onePerRow = "one_per_row"
    /// Predictions with an index of their own, a subset of the rows' index, are matched by it.
    case byIndex = "by_index"
    /// Predictions are written as they come, as in Azure.
    case unchecked = "none"
}
