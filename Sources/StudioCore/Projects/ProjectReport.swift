/// The files of a project, and what was found for them.
package struct ProjectReport: Equatable, Sendable {
    /// A file of the project.
    package struct Part: Equatable, Sendable {
        /// Its absolute path.
        package var path: String
        /// False for a file that was there, which stays as it is.
        package var isNew: Bool
    }

    /// The model's folder, absolute.
    package var model: String
    /// The files.
    package var parts: [Part]
    /// The endpoint's name.
    package var endpoint: String
    /// The data asset's name.
    package var data: String
    /// False when there is nothing yet where the data asset expects the files to score.
    package var hasData: Bool
}
