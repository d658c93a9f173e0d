/// Values of a scoring without an endpoint of the user's own: a model, an input, a file for the predictions.
package struct ScoreDraft: Equatable, Sendable {
    /// The model, as typed: the folder of an MLflow model, the URI of one that MLflow keeps, or `azureml:NAME@latest`.
    package var model: String
    /// The input and the settings; the endpoint is chosen by the use case.
    package var invocation: Invocation
    /// The file for the predictions, as typed.
    package var predictions: String
    /// The name of an endpoint that stays; nil for one that goes once the predictions are there.
    package var endpoint: String?

    package init(model: String, invocation: Invocation, predictions: String, endpoint: String? = nil) {
        self.model = model
        self.invocation = invocation
        self.predictions = predictions
        self.endpoint = endpoint
    }
}
