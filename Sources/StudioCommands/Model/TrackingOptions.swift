import ArgumentParser

/// The place where MLflow keeps models.
struct TrackingOptions: ParsableArguments {
    @Option(
        name: .customLong("tracking-uri"),
        help:
            "MLflow's tracking: a folder, sqlite:///FILE or a server; without it, $MLFLOW_TRACKING_URI, mlflow.db or mlruns here."
    )
    var trackingURI: String?
}
