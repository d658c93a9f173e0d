package import BatchDomain

/// What a deployment made of one file, without a job.
package struct Trial: Equatable, Sendable {
    /// A part of the trial and how long it took.
    package struct Step: Equatable, Sendable {
        var name: String
        var seconds: Double

        package init(_ name: String, seconds: Double) {
            self.name = name
            self.seconds = seconds
        }
    }

    /// The names of the columns, where the output has a header.
    package var columns: [String]?
    /// The first rows, as the output would have them.
    package var rows: [String] = []
    /// How many rows there are.
    package var rowCount = 0
    /// Why the file failed.
    package var failures: [FileFailure] = []
    /// What the script warned of.
    package var warnings: [String] = []
    /// Files that the script wrote by itself.
    package var written: [String] = []
    /// What the script printed and logged.
    package var printed = ""
    /// What took how long.
    package var steps: [Step] = []
    /// Whether the file was scored.
    package var isScored = false

    package init() {}
}
