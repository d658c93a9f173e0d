/// The text of a size in bytes.
enum ByteCount {
    /// Returns a size with three digits at most, in powers of ten: `1.2 GB`.
    static func text(_ bytes: Int) -> String {
        var number = Double(bytes)
        var units = ["B", "kB", "MB", "GB", "TB"][...]
        while number >= 1000, units.count > 1 {
            number /= 1000
            units.removeFirst()
        }
        let isShort = number < 10 && units.first != "B"
        let shown = isShort ? "\((number * 10).rounded() / 10)" : "\(Int(number.rounded()))"
        return "\(shown) \(units.first ?? "B")"
    }
}
