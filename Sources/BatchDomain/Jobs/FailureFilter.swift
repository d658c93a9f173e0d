/// The failed files of a job that are wanted.
package struct FailureFilter: Hashable, Sendable {
    /// Words that must be in the file's path or in its reason.
    package var text: String
    /// The mini-batch; nil for all.
    package var miniBatch: Int?
    /// The file's path; nil for all.
    package var file: String?

    package init(text: String = "", miniBatch: Int? = nil, file: String? = nil) {
        self.text = text
        self.miniBatch = miniBatch
        self.file = file
    }
}
