import FoundationEssentials

extension ColumnProfile {
    /// A number of the column as users read it: a time in UTC, a whole number in full, others with four significant digits.
    package func text(of number: Double?) -> String {
        guard let number, number.isFinite else { return number.map { "\($0)" } ?? "–" }
        return isTime ? Self.time(number) : Self.number(number)
    }

    /// A number with four significant digits; in full where it is whole and not large.
    package static func number(_ number: Double) -> String {
        if number == 0 { return "0" }
        if number.rounded() == number, abs(number) < 1e9 { return "\(Int(number))" }
        let magnitude = abs(number)
        guard magnitude >= 1e-4, magnitude < 1e9 else { return scientific(number) }
        let digits = max(0, 3 - magnitude.scientific.exponent)
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (magnitude * scale).rounded()
        let whole = Int(scaled / scale)
        var fraction = String(Int(scaled) - whole * Int(scale))
        fraction = String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return (number < 0 ? "-" : "") + "\(whole)" + (digits == 0 || fraction.isEmpty ? "" : "." + fraction)
    }

    private static func scientific(_ number: Double) -> String {
        var (mantissa, exponent) = number.scientific
        mantissa = (mantissa * 1000).rounded() / 1000
        if abs(mantissa) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        return "\(mantissa)e\(exponent)"
    }

    /// Microseconds since 1970 as a date and time in UTC.
    private static func time(_ microseconds: Double) -> String {
        let seconds = microseconds / 1e6
        // Years 1 to 9999: others have no date in ISO 8601.
        guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { return number(microseconds) }
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }
}

extension NumberProfile {
    /// A quantile as it was kept; else the one that the bins give.
    package func keptQuantile(_ share: Double) -> Double? {
        quantiles?.first { abs($0.share - share) < 1e-9 }?.value ?? quantile(share)
    }

    /// The histogram in a number of cells, of which each adds up the same number of spans.
    package func histogram(cells: Int) -> [Int] {
        guard let counts = histogram?.counts, cells > 0, !counts.isEmpty else { return [] }
        let span = (counts.count + cells - 1) / cells
        return stride(from: 0, to: counts.count, by: span).map { first in
            counts[first..<Swift.min(counts.count, first + span)].reduce(0, +)
        }
    }
}
