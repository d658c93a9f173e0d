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

    /// The place that is meant.
    ///
    /// - Throws: ``StudioError`` when there is none.
    func place(in session: Session) throws -> ModelTracking {
        try ModelTracking(
            named: trackingURI,
            variables: session.surroundings.environment,
            folder: session.surroundings.currentDirectory
        ) { session.logger.info("\($0)") }
    }
}
