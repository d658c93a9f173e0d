import BatchDomain

/// The end of a job that finds nothing new: another one has scored the files since it was submitted.
struct NothingNew: Error, CustomStringConvertible {
    let description: String

    /// - Parameter count: The files, of which new ones are still being written.
    init(_ count: NewFileCount) {
        description = count.new == 0 ? count.nothingNew : "Nothing new: the new files are still being written."
    }
}
