import ArgumentParser
import BatchWorkers
import Logging

/// Where MLflow keeps models.
struct TrackingOptions: ParsableArguments {
    @Option(
        name: .customLong("tracking-uri"),
        help:
            "MLflow's tracking: a folder, sqlite:///FILE or a server; without it, $MLFLOW_TRACKING_URI, mlflow.db or mlruns here."
    )
    var trackingURI: String?

    /// The models of the place that is meant.
    ///
    /// - Throws: ``StudioError`` when there is none.
    func models(in session: Session) throws -> ModelTracking {
        let surroundings = session.surroundings
        let place = try TrackingPlace(
            named: trackingURI,
            variables: surroundings.environment,
            folder: surroundings.currentDirectory
        )
        return ModelTracking(place, variables: surroundings.environment) { session.logger.info("\($0)") }
    }
}
