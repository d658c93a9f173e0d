/// The result of scoring one file with a deployment, without a job.
package struct DeploymentTest: Equatable, Sendable {
    /// The rows, as the output would have them; Parquet is shown as JSON.
    package var rows: [String] = []
    /// How many rows there are.
    package var rowCount = 0
    /// The names of the columns, where the output has a header.
    package var columns: [String]?
    /// Why the file failed.
    package var failures: [FileFailure] = []
    /// What the script warned of.
    package var warnings: [String] = []
    /// Files that the script wrote by itself.
    package var written: [String] = []
    /// What the script printed and logged, the loading included.
    package var printed = ""
    /// Seconds for importing the script and its `preload()`.
    package var loadSeconds: Double?
    /// Seconds for `init()`.
    package var initSeconds: Double?
    /// Seconds for `run()`, reading and writing included.
    package var runSeconds: Double?

    /// Whether the file was scored.
    package var succeeded: Bool { runSeconds != nil && failures.isEmpty }

    /// The steps of the test that were reached, each with its seconds.
    package var steps: [(name: String, seconds: Double)] {
        [("load", loadSeconds), ("init()", initSeconds), ("run()", runSeconds)]
            .compactMap { name, seconds in seconds.map { (name, $0) } }
    }

    package init() {}
}
