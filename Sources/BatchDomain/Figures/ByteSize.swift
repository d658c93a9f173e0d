/// A size in bytes: as a user writes it, as a file keeps it and as every face shows it.
///
/// ```swift
/// ByteSize.bytes(of: "2GB")         // 2_000_000_000
/// ByteSize.bytes(of: "2GiB")        // 2_147_483_648
/// ByteSize.exactText(2_000_000_000) // "2GB"
/// ByteSize.text(1_434_567)          // "1.4 MB"
/// ```
package enum ByteSize {
    /// The texts that are read as a size, for messages.
    package static let acceptedForms =
        "2GB or 500MB (powers of 1000), 2GiB or 512MiB (powers of 1024), or a number of bytes"

    /// Maximum size in bytes: 64 TiB.
    package static let max = 1 << 46

    private static let units: [(name: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20),
        ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000), ("B", 1),
    ]

    /// The units by their names, the largest first.
    package static var unitNames: [String] { units.map(\.name) }

    /// The bytes of a size such as `2GB`, `1.5 GiB` or `2000000000`; nil when the text is none.
    package static func bytes(of text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let name = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        let unit = name.isEmpty ? 1 : units.first { $0.name.lowercased() == name }?.bytes
        guard let number = Double(digits), let unit, digits.first != ".", digits.last != "." else { return nil }
        let bytes = number * Double(unit)
        return bytes >= 1 && bytes <= Double(max) && bytes == bytes.rounded() ? Int(bytes) : nil
    }

    /// The size in the largest unit that says it exactly: `2GB`.
    package static func exactText(_ bytes: Int) -> String {
        let unit = units.first { bytes > 0 && bytes.isMultiple(of: $0.bytes) }
        return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)B"
    }

    /// The size with three digits at most, in powers of 1000: `812 B`, `1.4 MB`.
    package static func text(_ bytes: Int) -> String {
        let units = ["kB", "MB", "GB", "TB", "PB"]
        guard bytes >= 1000 else { return "\(bytes) B" }
        var value = Double(bytes) / 1000
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return (value < 99.95 ? Figures.decimal(value) : String(Int(value.rounded()))) + " " + units[unit]
    }
}
