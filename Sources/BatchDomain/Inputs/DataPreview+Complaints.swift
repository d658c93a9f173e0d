extension DataPreview {
    /// Everything that makes it unfit, a sentence each; a sentence about a file stands for the same one about a column.
    package var complaints: [String] {
        let ofColumns = columns.compactMap { column -> String? in
            guard let complaint = column.complaint else { return nil }
            return problems.first { column.isReason($0.message) }?.sentence ?? complaint
        }
        let others = problems.filter { problem in !columns.contains { $0.isReason(problem.message) } }
        return ofColumns + others.map(\.sentence)
    }
}

extension DataPreview.Column {
    /// Why a job would fail for it, in one sentence; nil where it fits.
    fileprivate var complaint: String? {
        guard verdict.isFailure else { return nil }
        guard let reason = verdict.reason else { return "\(title) is \(verdict.word)" }
        return reason.hasPrefix("column '") ? reason : "\(title): \(reason)"
    }

    /// The column as readers name it; one that the input lacks has the model's name alone.
    private var title: String { "column '\(name.isEmpty ? feeds ?? "" : name)'" }

    /// Returns whether a sentence about a file is the reason for the column's verdict; a long reason was cut.
    fileprivate func isReason(_ message: String) -> Bool {
        if verdict == .missing { return message.hasPrefix("\(title) is missing") }
        guard let reason = verdict.reason else { return false }
        return reason.hasSuffix("…") ? message.hasPrefix(reason.dropLast()) : message == reason
    }
}

extension DataPreview.FileProblem {
    fileprivate var sentence: String { "\(file): \(message)" }
}

extension DataPreview.Verdict {
    /// The verdict in a few words, for a cell of a table; the reason stands among the complaints.
    package var summary: String {
        guard let reason else { return word }
        // As readers end the reason of a column with several bad cells: "; 30 cells of this column do not fit".
        let ending = " cells of this column do not fit"
        if reason.hasSuffix(ending),
            let count = reason.dropLast(ending.count).split(separator: " ").last.flatMap({ Int($0) })
        {
            return "\(count) cells do not fit"
        }
        let isOfOneCell = reason.hasPrefix("column '") && reason.contains("', row ") && !reason.hasSuffix("…")
        return isOfOneCell ? "1 cell does not fit" : "does not fit"
    }
}
