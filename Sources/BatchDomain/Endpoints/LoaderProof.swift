/// The comparison of a deployment's model loaded with and without MLflow, on the input example that the model came with.
package struct LoaderProof: Equatable, Sendable, Codable {
    /// A digest of what was compared: the model, the environment and the runtime.
    ///
    /// With another one the proof means nothing.
    package var subject: String
    /// True when both ways gave the same predictions, so that jobs may load the model without MLflow.
    package var isSame: Bool
    /// Rows of the input example, where they were compared.
    package var rows: Int?
    /// Why the two are not the same, or can't be compared.
    package var reason: String?

    package init(subject: String, isSame: Bool, rows: Int? = nil, reason: String? = nil) {
        self.subject = subject
        self.isSame = isSame
        self.rows = rows
        self.reason = reason
    }

    /// The proof in words: "without MLflow: 5 rows of the input example gave the same predictions".
    package var summary: String {
        isSame
            ? "without MLflow: \(rows == 1 ? "1 row" : "\(rows ?? 0) rows") of the input example gave the same predictions"
            : "with MLflow: \(reason ?? "the predictions of the input example differ")"
    }
}
