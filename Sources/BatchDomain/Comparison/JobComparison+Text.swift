extension JobComparison {
    /// What the comparison has found, a sentence each.
    package var sentences: [String] {
        var sentences: [String] = []
        switch isSameInput {
        case true?: sentences.append("Same input.")
        case false?: sentences.append("Other input: the files or their sizes differ.")
        case nil: sentences.append("The lists of input files are gone: it is not known whether the input is the same.")
        }
        if let rows {
            sentences.append(
                "\(Figures.count(rows.changed)) of \(Figures.count(rows.joined, "row")) changed (\(rows.changedShare))."
            )
            if rows.onlyFirst > 0 { sentences.append("\(Figures.count(rows.onlyFirst, "row")) only in \(first).") }
            if rows.onlySecond > 0 { sentences.append("\(Figures.count(rows.onlySecond, "row")) only in \(second).") }
            sentences += rows.inputNotes
        }
        sentences += [rowNote, profileNote].compactMap { $0 }
        sentences += newColumns.map { "New column: \($0)." } + vanishedColumns.map { "Column that is gone: \($0)." }
        return sentences
    }
}

extension RowComparison {
    /// The share of the rows that changed.
    package var changedShare: String {
        guard joined > 0, changed > 0 else { return "0 %" }
        let percent = Double(changed) / Double(joined) * 100
        return percent < 0.01 ? "less than 0.01 %" : ColumnProfile.number((percent * 100).rounded() / 100) + " %"
    }
}

extension RowComparison {
    /// Why rows of the input are not shown beside those that changed most, a sentence a reason.
    package var inputNotes: [String] {
        var counts: [(reason: String, count: Int)] = []
        for reason in largest.compactMap({ $0.input?.reason }) {
            if let index = counts.firstIndex(where: { $0.reason == reason }) {
                counts[index].count += 1
            } else {
                counts.append((reason, 1))
            }
        }
        return counts.map { "Without the input of \(Figures.count($0.count, "row")) that changed: \($0.reason)" }
    }

    /// The names of the columns of the input behind the rows that changed most, in their order.
    package var inputColumns: [String] {
        var seen: Set<String> = []
        return largest.flatMap { $0.input?.cells.map(\.name) ?? [] }.filter { seen.insert($0).inserted }
    }
}

extension InputRow {
    /// The columns with their values, in one line.
    package var line: String { cells.map { "\($0.name) \($0.value)" }.joined(separator: ", ") }
}

extension ColumnDrift {
    /// The thresholds, in a sentence.
    package static let thresholds = "PSI from \(notedIndex) on is a note, from \(warnedIndex) on a warning"

    /// PSI, with four digits after the point.
    package var indexText: String { Self.text(of: index) }

    /// The Kolmogorov–Smirnov statistic, with four digits after the point.
    package var distanceText: String { Self.text(of: distance?.statistic) }

    private static func text(of number: Double?) -> String {
        number.map { ColumnProfile.number(($0 * 1e4).rounded() / 1e4) } ?? "–"
    }

    /// The difference of the shares of missing values, in points; empty for less than a tenth.
    package var missingText: String {
        let points = (missingDifference * 1000).rounded() / 10
        return points == 0 ? "" : (points > 0 ? "+" : "") + ColumnProfile.number(points) + " points"
    }

    /// The classes that are new or have vanished, five at most.
    package var classText: String {
        let classes = newClasses.map { "+ " + $0 } + vanishedClasses.map { "- " + $0 }
        return classes.prefix(5).joined(separator: ", ") + (classes.count > 5 ? ", …" : "")
    }
}

extension ColumnChange {
    /// The rows of a pair of classes.
    package func count(from before: String, to after: String) -> Int {
        confusion?.first { $0.before == before && $0.after == after }?.count ?? 0
    }
}
