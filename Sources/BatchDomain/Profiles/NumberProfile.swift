/// The profile of a column's numbers; of times, in microseconds since 1970.
package struct NumberProfile: Equatable, Sendable, Codable {
    /// A quantile: the share of the values that are at most its value.
    package struct Quantile: Equatable, Sendable {
        package var share: Double
        package var value: Double

        package init(_ share: Double, _ value: Double) {
            self.share = share
            self.value = value
        }
    }

    /// Counts of values in spans of the same width.
    package struct Histogram: Equatable, Sendable, Codable {
        /// The least value.
        package var low: Double
        /// The greatest value.
        package var high: Double
        /// The count of each span.
        package var counts: [Int]

        package init(low: Double, high: Double, counts: [Int]) {
            self.low = low
            self.high = high
            self.counts = counts
        }
    }

    /// Numbers, infinite ones too.
    package var count: Int
    /// Negative and positive infinities.
    package var infinite: [Int]
    /// Zeros.
    package var zeros: Int
    /// True where every finite number is whole.
    package var integers: Bool
    /// The least finite value.
    package var min: Double?
    /// The greatest finite value.
    package var max: Double?
    /// The mean of the finite values.
    package var mean: Double?
    /// The standard deviation of the finite values, as a population.
    package var deviation: Double?
    /// Quantiles, as they were when the profile was made.
    package var quantiles: [Quantile]?
    /// The relative bound of the quantiles.
    package var error: Double?
    /// The values in spans of the same width.
    package var histogram: Histogram?
    /// The values in bins whose width grows with the value.
    package var bins: Bins

    package init(
        count: Int,
        infinite: [Int] = [0, 0],
        zeros: Int = 0,
        integers: Bool = false,
        min: Double?,
        max: Double?,
        mean: Double? = nil,
        deviation: Double? = nil,
        quantiles: [Quantile]? = nil,
        error: Double? = nil,
        histogram: Histogram? = nil,
        bins: Bins
    ) {
        self.count = count
        self.infinite = infinite
        self.zeros = zeros
        self.integers = integers
        self.min = min
        self.max = max
        self.mean = mean
        self.deviation = deviation
        self.quantiles = quantiles
        self.error = error
        self.histogram = histogram
        self.bins = bins
    }

    /// The cells of the number line that have values, from the least on; infinities are the first and the last.
    package var cells: [Cell] { cells(shift: bins.shift) }

    /// The cells of bins that are at least as wide as those of a shift.
    package func cells(shift: Int) -> [Cell] {
        let bins = bins.coarsened(to: shift)
        var cells: [Cell] = []
        if negativeInfinities > 0 { cells.append(Cell(-.infinity, -.infinity, negativeInfinities)) }
        for bin in bins.negative.reversed() {
            cells.append(Cell(-bins.upperBound(of: bin.key), -bins.lowerBound(of: bin.key), bin.count))
        }
        if zeros > 0 { cells.append(Cell(0, 0, zeros)) }
        for bin in bins.positive {
            cells.append(Cell(bins.lowerBound(of: bin.key), bins.upperBound(of: bin.key), bin.count))
        }
        if positiveInfinities > 0 { cells.append(Cell(.infinity, .infinity, positiveInfinities)) }
        return cells
    }

    private var negativeInfinities: Int { infinite.first ?? 0 }
    private var positiveInfinities: Int { infinite.count > 1 ? infinite[1] : 0 }

    /// A quantile: the middle of the bin that holds the value of that rank, within the least and the greatest value.
    ///
    /// Its relative error is at most half the relative width of a bin, ``Bins/relativeWidth``.
    ///
    /// - Parameter share: From 0, the least value, to 1, the greatest.
    /// - Returns: The quantile; nil without values.
    package func quantile(_ share: Double) -> Double? {
        let cells = cells
        let total = cells.reduce(0) { $0 + $1.count }
        guard total > 0 else { return nil }
        let rank = Int((Swift.min(1, Swift.max(0, share)) * Double(total - 1)).rounded(.down))
        var before = 0
        for cell in cells {
            before += cell.count
            guard rank < before else { continue }
            guard cell.low.isFinite, cell.high.isFinite else { return cell.low.isFinite ? max : cell.low }
            let middle = cell.low + (cell.high - cell.low) / 2
            return Swift.max(min ?? middle, Swift.min(max ?? middle, middle))
        }
        return nil
    }
}

extension NumberProfile {
    /// A part of the number line with the number of values in it.
    package struct Cell: Equatable, Sendable {
        /// Its lower bound.
        package var low: Double
        /// Its upper bound.
        package var high: Double
        /// The values in it.
        package var count: Int

        init(_ low: Double, _ high: Double, _ count: Int) {
            self.low = low
            self.high = high
            self.count = count
        }
    }
}

extension NumberProfile.Quantile: Codable {
    package init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        self.init(try pair.decode(Double.self), try pair.decode(Double.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(share)
        try pair.encode(value)
    }
}
