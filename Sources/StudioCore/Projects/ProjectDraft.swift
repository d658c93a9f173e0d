/// The parameters of `init`: a project's folder, and its model and data where they are not searched for.
package struct ProjectDraft: Equatable, Sendable {
    /// The folder that the files are written to.
    package var folder: String
    /// The model's folder; nil to search for one.
    package var model: String?
    /// The files to score; nil for a folder with a usual name.
    package var data: String?

    package init(folder: String, model: String? = nil, data: String? = nil) {
        self.folder = folder
        self.model = model
        self.data = data
    }
}
