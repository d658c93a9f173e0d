/// The reports on their use that libraries of models send to their makers: nothing leaves the machine.
enum Telemetry {
    /// The variables that turn them off.
    ///
    /// ONNX Runtime 1.32 starts a thread for its own, so that no worker could be forked from a host that has imported it.
    static let variables = [
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "ORT_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "true",
    ]
}
