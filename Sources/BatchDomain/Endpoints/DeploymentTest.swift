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
    /// The warnings of the script.
    package var warnings: [String] = []
    /// Files that the script wrote by itself.
    package var written: [String] = []
    /// The prints and logs of the script, those of its loading included.
    package var printed = ""
    /// Seconds for importing the script and its `preload()`.
    package var loadSeconds: Double?
    /// Seconds for `init()`.
    package var initSeconds: Double?
    /// Seconds for `run()`, reading and writing included.
    package var runSeconds: Double?

    /// True when the file was scored.
    package var succeeded: Bool { runSeconds != nil && failures.isEmpty }

    /// The steps of the test that were reached, each with its seconds.
    package var steps: [(name: String, seconds: Double)] {
        [("load", loadSeconds), ("init()", initSeconds), ("run()", runSeconds)]
            .compactMap { name, seconds in seconds.map { (name, $0) } }
    }

    package init() {}
}
