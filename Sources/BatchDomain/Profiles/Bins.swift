/// Counts of numbers in bins whose width is a power of two below the value's own: they merge exactly.
///
/// A positive value is in the bin `bits >> shift` of its IEEE 754 form; a negative one in that of its magnitude. Bins of a greater
/// shift are sums of bins of a smaller one, so that two sets are always brought to the same bins without any loss.
package struct Bins: Equatable, Sendable, Codable {
    /// The number of values in a bin.
    package struct Bin: Equatable, Sendable {
        /// The first bits of its values.
        package var key: Int
        /// The values in it.
        package var count: Int

        package init(_ key: Int, _ count: Int) {
            self.key = key
            self.count = count
        }
    }

    /// The bits that are cut off.
    package var shift: Int
    /// The bins of negative values, by magnitude.
    package var negative: [Bin]
    /// The bins of positive values.
    package var positive: [Bin]

    package init(shift: Int, negative: [Bin] = [], positive: [Bin] = []) {
        self.shift = shift
        self.negative = negative
        self.positive = positive
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        shift = try container.decode(Int.self, forKey: .shift)
        guard 0...Self.maxShift ~= shift else {
            throw DecodingError.dataCorruptedError(
                forKey: .shift,
                in: container,
                debugDescription: "a shift is from 0 to \(Self.maxShift)"
            )
        }
        negative = try container.decode([Bin].self, forKey: .negative)
        positive = try container.decode([Bin].self, forKey: .positive)
        let (shift, bins) = (shift, negative + positive)
        guard bins.allSatisfy({ $0.key >= 0 && $0.key <= Self.infinity >> shift && $0.count >= 0 }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .positive,
                in: container,
                debugDescription: "a bin's key or count is out of range"
            )
        }
        negative.sort { $0.key < $1.key }
        positive.sort { $0.key < $1.key }
    }

    private static let maxShift = 62
    private static let infinity = Int(Double.infinity.bitPattern)

    /// Maximum width of a bin in relation to its values, where these are normal numbers.
    package var relativeWidth: Double { Double(sign: .plus, exponent: min(0, shift - 52), significand: 1) }

    /// The same values in the bins of a shift; unchanged where theirs is greater.
    package func coarsened(to shift: Int) -> Bins {
        guard shift > self.shift else { return self }
        return Bins(shift: shift, negative: merged(negative, to: shift), positive: merged(positive, to: shift))
    }

    private func merged(_ bins: [Bin], to shift: Int) -> [Bin] {
        var merged: [Bin] = []
        for bin in bins {
            let key = bin.key >> (shift - self.shift)
            if merged.last?.key == key {
                merged[merged.count - 1].count += bin.count
            } else {
                merged.append(Bin(key, bin.count))
            }
        }
        return merged
    }

    /// The least magnitude in a bin.
    package func lowerBound(of key: Int) -> Double { bound(key) }

    /// The magnitude at which the next bin begins; infinity after the last one.
    package func upperBound(of key: Int) -> Double { bound(key + 1) }

    private func bound(_ key: Int) -> Double {
        let (bits, overflow) = key.multipliedReportingOverflow(by: 1 << shift)
        return overflow || bits > Self.infinity ? .infinity : Double(bitPattern: UInt64(bits))
    }
}

extension Bins.Bin: Codable {
    package init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        self.init(try pair.decode(Int.self), try pair.decode(Int.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(key)
        try pair.encode(count)
    }
}
