/// How many files of an input are new: no Completed job of the same endpoint and model version has scored them.
package struct NewFileCount: Equatable, Sendable {
    /// The files that are new.
    package var new: Int
    /// All files.
    package var all: Int

    package init(new: Int, all: Int) {
        self.new = new
        self.all = all
    }

    /// The count in a sentence for a job's notes.
    package var note: String {
        "\(Figures.count(new)) new of \(Figures.count(all, "file")): those alone are scored (new_only)."
    }

    /// The sentence where nothing is new.
    package var nothingNew: String {
        all == 1
            ? "Nothing new: the file was scored before."
            : "Nothing new: all \(Figures.count(all)) files were scored before."
    }
}
