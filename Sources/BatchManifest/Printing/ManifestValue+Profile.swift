package import BatchDomain

extension ManifestValue {
    /// A job's profile, as its file has it.
    ///
    /// - Parameters:
    ///   - profile: The profile.
    ///   - columns: Its columns that are printed.
    ///   - hasBins: True to print the bins, which programs compare.
    package init(_ profile: Profile, columns: [ColumnProfile], hasBins: Bool) {
        var entries = [
            Entry("version", .int(profile.version)),
            Entry("rows", .int(profile.rows)),
            Entry("mini_batches", profile.miniBatches.map { .int($0) } ?? .null),
            Entry("made", .string(profile.made.rawValue)),
            Entry("omitted", .int(profile.omitted ?? 0)),
            Entry("columns", .list(columns.map { ManifestValue($0, hasBins: hasBins) })),
        ]
        if let inputs = profile.inputs {
            entries.append(Entry("inputs", .list(inputs.map { ManifestValue($0, hasBins: hasBins) })))
        }
        self = .mapping(entries)
    }

    private init(_ column: ColumnProfile, hasBins: Bool) {
        var entries = [
            Entry("name", .string(column.name)),
            Entry("count", .int(column.count)),
            Entry("missing", .int(column.missing)),
            Entry("kinds", .mapping(column.kinds.sorted { $0.key < $1.key }.map { Entry($0.key, .int($0.value)) })),
            Entry("distinct", column.distinct.map { .int($0) } ?? .null),
            Entry("values", .list(column.values.map { [.string($0.text), .int($0.count)] })),
        ]
        if let lengths = column.lengths {
            entries.append(
                Entry("lengths", ["min": .int(lengths.min), "max": .int(lengths.max), "mean": .double(lengths.mean)])
            )
        }
        if let numbers = column.numbers { entries.append(Entry("numbers", ManifestValue(numbers, hasBins: hasBins))) }
        self = .mapping(entries)
    }

    private init(_ numbers: NumberProfile, hasBins: Bool) {
        var entries = [
            Entry("count", .int(numbers.count)),
            Entry("infinite", .list(numbers.infinite.map { .int($0) })),
            Entry("zeros", .int(numbers.zeros)),
            Entry("integers", .bool(numbers.integers)),
            Entry("min", ManifestValue(numbers.min)),
            Entry("max", ManifestValue(numbers.max)),
            Entry("mean", ManifestValue(numbers.mean)),
            Entry("deviation", ManifestValue(numbers.deviation)),
            Entry(
                "quantiles",
                numbers.quantiles.map { .list($0.map { [.double($0.share), .double($0.value)] }) } ?? .null
            ),
            Entry("error", ManifestValue(numbers.error)),
        ]
        if let histogram = numbers.histogram {
            entries.append(
                Entry(
                    "histogram",
                    [
                        "low": .double(histogram.low), "high": .double(histogram.high),
                        "counts": .list(histogram.counts.map { .int($0) }),
                    ]
                )
            )
        }
        if hasBins {
            entries.append(
                Entry(
                    "bins",
                    [
                        "shift": .int(numbers.bins.shift),
                        "negative": .list(numbers.bins.negative.map { [.int($0.key), .int($0.count)] }),
                        "positive": .list(numbers.bins.positive.map { [.int($0.key), .int($0.count)] }),
                    ]
                )
            )
        }
        self = .mapping(entries)
    }

    /// A number; null for none.
    package init(_ number: Double?) {
        self = number.map { .double($0) } ?? .null
    }
}
