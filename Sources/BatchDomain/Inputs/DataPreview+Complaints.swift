extension DataPreview {
    /// Everything that makes it unfit, a sentence each; a sentence about a file stands for the same one about a column.
    package var complaints: [String] {
        let ofColumns = columns.compactMap { column -> String? in
            guard let complaint = column.complaint else { return nil }
            return problems.first { $0.message == column.verdict.text }?.sentence ?? complaint
        }
        let reasons = Set(columns.map(\.verdict.text))
        return ofColumns + problems.filter { !reasons.contains($0.message) }.map(\.sentence)
    }
}

extension DataPreview.Column {
    /// Why a job would fail for it, in one sentence; nil where it fits.
    fileprivate var complaint: String? {
        // A column that the input lacks may have the model's name alone.
        let title = "column '\(name.isEmpty ? feeds ?? "" : name)'"
        guard verdict.isFailure else { return nil }
        if case .missing = verdict { return title + " is missing" }
        return verdict.text.hasPrefix("column '") ? verdict.text : "\(title): \(verdict.text)"
    }
}

extension DataPreview.FileProblem {
    fileprivate var sentence: String { "\(file): \(message)" }
}

extension DataPreview.Verdict {
    /// The verdict in a few words, for a cell of a table; the reason stands among the complaints.
    package var summary: String {
        guard case .wrong(let reason) = self else { return text }
        // As readers end the reason of a column with several bad cells: "; 30 cells of this column do not fit".
        let ending = " cells of this column do not fit"
        guard reason.hasSuffix(ending),
            let count = reason.dropLast(ending.count).split(separator: " ").last.flatMap({ Int($0) })
        else {
            return reason.hasPrefix("column '") && reason.contains("', row ") ? "1 cell does not fit" : "does not fit"
        }
        return "\(count) cells do not fit"
    }
}
