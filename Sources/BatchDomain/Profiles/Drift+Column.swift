extension Drift {
    /// A column beyond a threshold.
    package struct Column: Equatable, Sendable, Codable {
        /// How the column is compared.
        package enum Kind: String, Sendable, Codable {
            /// By the shares of its classes.
            case classes
            /// By the deciles of its numbers.
            case numbers
            /// By the deciles of its times.
            case times
            /// By its missing values only: others are too many to be told apart.
            case values
            /// Not at all: the baseline has no such column.
            case new
            /// Not at all: only the baseline has it.
            case vanished
        }

        /// A class with its share of the rows where it is.
        package struct Class: Equatable, Sendable, Codable {
            package var name: String
            package var share: Double

            package init(_ name: String, _ share: Double) {
                self.name = name
                self.share = share
            }
        }

        /// The column's name.
        package let name: String
        /// How it is compared.
        package let kind: Kind
        /// The level of the difference.
        package let level: ColumnDrift.Level
        /// The population stability index; nil where values can't be compared.
        package let index: Double?
        /// The class whose share differs most; nil for other kinds.
        package let className: String?
        /// The share of that class in the baseline; of numbers and times the mean.
        package let before: Double?
        /// The same in the job.
        package let after: Double?
        /// The share of missing values in the baseline.
        package let missingBefore: Double
        /// The same in the job.
        package let missingAfter: Double
        /// Classes that the baseline does not have, the commonest first.
        package let newClasses: [Class]
        /// Classes that only the baseline has, the commonest first.
        package let vanishedClasses: [Class]

        /// A column that only one of both has.
        init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
            level = .warning
            (index, className, before, after) = (nil, nil, nil, nil)
            (missingBefore, missingAfter, newClasses, vanishedClasses) = (0, 0, [], [])
        }

        /// Compares a column with that of the baseline.
        init(from first: ColumnProfile, to second: ColumnProfile) {
            let drift = ColumnDrift(from: first, to: second)
            name = drift.name
            level = drift.level
            index = drift.index
            (missingBefore, missingAfter) = (first.missingShare, second.missingShare)
            newClasses = drift.newClasses.prefix(maxClasses).map { Class($0, second.share(of: $0)) }
            vanishedClasses = drift.vanishedClasses.prefix(maxClasses).map { Class($0, first.share(of: $0)) }
            if first.isComparedAsClasses, second.isComparedAsClasses {
                kind = .classes
                let most = Self.mostMoved(first, second)
                className = most?.name
                (before, after) = (most?.before, most?.after)
            } else if let one = first.numbers, let other = second.numbers {
                kind = first.isTime && second.isTime ? .times : .numbers
                className = nil
                (before, after) = (one.mean, other.mean)
            } else {
                kind = .values
                (className, before, after) = (nil, nil, nil)
            }
        }

        /// The class whose share differs most; of equal ones the first by name.
        private static func mostMoved(
            _ first: ColumnProfile,
            _ second: ColumnProfile
        ) -> (name: String, before: Double, after: Double)? {
            let counts = [first, second].map { Dictionary($0.values.map { ($0.text, $0.count) }) { one, _ in one } }
            func share(_ name: String, _ index: Int, of rows: Int) -> Double {
                rows == 0 ? 0 : Double(counts[index][name] ?? 0) / Double(rows)
            }
            return Set(counts[0].keys).union(counts[1].keys).sorted()
                .map { ($0, share($0, 0, of: first.rows), share($0, 1, of: second.rows)) }
                .max { abs($0.2 - $0.1) < abs($1.2 - $1.1) || (abs($0.2 - $0.1) == abs($1.2 - $1.1) && $0.0 > $1.0) }
        }
    }
}

extension Drift.Column {
    /// The difference in words: `prediction: class_2 28 % → 41 %, PSI 0.23`.
    package var words: String {
        switch kind {
        case .new: return "\(name): new column"
        case .vanished: return "\(name): column is gone"
        case .classes, .numbers, .times, .values: break
        }
        var parts: [String] = []
        if let index, index >= ColumnDrift.notedIndex {
            parts += [moved, "PSI " + ColumnProfile.number((index * 100).rounded() / 100)].compactMap { $0 }
        }
        if abs(missingAfter - missingBefore) >= ColumnDrift.warnedMissing {
            parts.append("missing \(Self.percent(missingBefore)) → \(Self.percent(missingAfter))")
        }
        parts += Self.words(newClasses, "new") + Self.words(vanishedClasses, "gone")
        return "\(name): " + parts.joined(separator: ", ")
    }

    private var moved: String? {
        guard let before, let after else { return nil }
        switch kind {
        case .classes: return "\(className ?? "") \(Self.percent(before)) → \(Self.percent(after))"
        case .times:
            let column = ColumnProfile(name: name, count: 1, kinds: ["time": 1])
            return "mean \(column.text(of: before)) → \(column.text(of: after))"
        default: return "mean \(ColumnProfile.number(before)) → \(ColumnProfile.number(after))"
        }
    }

    private static func words(_ classes: [Class], _ word: String) -> [String] {
        guard !classes.isEmpty else { return [] }
        let shown = classes.prefix(3).map { "\($0.name) \(percent($0.share))" }
        return [word + " " + shown.joined(separator: ", ") + (classes.count > 3 ? ", …" : "")]
    }

    /// A share in whole percent; one that is not nothing is not 0.
    private static func percent(_ share: Double) -> String {
        let whole = Int((share * 100).rounded())
        return share > 0 && whole == 0 ? "< 1 %" : "\(whole) %"
    }
}
