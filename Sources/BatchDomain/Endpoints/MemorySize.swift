/// A size of memory as a user writes it: `2GB`, `1.5 GiB`, `512MB`, `2000000000`.
package enum MemorySize {
    /// The largest size: 64 TiB.
    package static let largest = 1 << 46

    private static let units: [(name: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000), ("B", 1),
    ]

    /// The bytes; nil when the text is no size.
    package static func bytes(of text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let name = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        let unit = name.isEmpty ? 1 : units.first { $0.name.lowercased() == name }?.bytes
        guard let number = Double(digits), let unit, digits.first != ".", digits.last != "." else { return nil }
        let bytes = number * Double(unit)
        return bytes >= 1 && bytes <= Double(largest) && bytes == bytes.rounded() ? Int(bytes) : nil
    }

    /// The size in the largest unit that says it exactly: `2GB`.
    package static func text(_ bytes: Int) -> String {
        let unit = units.sorted { $0.bytes > $1.bytes }.first { bytes > 0 && bytes.isMultiple(of: $0.bytes) }
        return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)B"
    }
}
