import BatchManifest

/// The results of JMESPath's functions that need more than a line.
extension ManifestValue {
    /// The magnitude of a number.
    var absolute: ManifestValue {
        switch self {
        case .int(let number): number == .min ? .double(Double(number).magnitude) : .int(Swift.abs(number))
        case .double(let number): .double(number.magnitude)
        case .string, .bool, .null, .list, .mapping: self
        }
    }

    /// The whole number above or below.
    func rounded(_ rule: FloatingPointRoundingRule) -> ManifestValue {
        guard case .double(let number) = self else { return self }
        let whole = number.rounded(rule)
        return Int(exactly: whole).map { .int($0) } ?? .double(whole)
    }

    /// The number of elements, keys or Unicode scalars.
    var length: Int {
        switch self {
        case .string(let text): text.unicodeScalars.count
        case .list(let elements): elements.count
        case .mapping(let entries): entries.count
        case .int, .double, .bool, .null: 0
        }
    }

    /// Returns whether a list has an element, or a string a part.
    func contains(_ part: ManifestValue) -> Bool {
        if let elements { return elements.contains { $0.isSame(as: part) } }
        guard let string, let text = part.string else { return false }
        return text.isEmpty || string.utf8.contains(text.utf8)
    }

    /// A number, or the number that a string holds.
    var asNumber: ManifestValue {
        guard let string else { return number == nil ? .null : self }
        let text = String(string.trimmingPrefix { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        // Double reads "nan", "inf" and hexadecimal digits, too.
        guard text.utf8.allSatisfy("0123456789+-.eE".utf8.contains) else { return .null }
        return Int(text).map { .int($0) } ?? Double(text).map { .double($0) } ?? .null
    }

    /// JSON in one line without spaces and in ASCII, as `to_string()` of az returns it.
    var compactJSON: String {
        switch self {
        case .list(let elements): "[" + elements.map(\.compactJSON).joined(separator: ",") + "]"
        case .mapping(let entries):
            "{"
                + entries.map { "\(ManifestValue.string($0.key).compactJSON):\($0.value.compactJSON)" }
                .joined(separator: ",") + "}"
        case .string:
            json.utf16.map { $0 < 0x7F ? String(UnicodeScalar(UInt8($0))) : "\\u" + Self.hexadecimal($0) }.joined()
        case .int, .double, .bool, .null: json
        }
    }

    private static func hexadecimal(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension [ManifestValue] {
    /// The sum of numbers: a whole number unless one has a fraction or the sum is too large.
    var sum: ManifestValue {
        var whole = 0
        for element in self {
            guard case .int(let number) = element else { return .double(compactMap(\.number).reduce(0, +)) }
            let (result, isTooLarge) = whole.addingReportingOverflow(number)
            if isTooLarge { return .double(compactMap(\.number).reduce(0, +)) }
            whole = result
        }
        return .int(whole)
    }

    /// The elements in the order of their keys; those with equal keys keep their order.
    func sorted(by keys: [ManifestValue]) -> [ManifestValue] {
        zip(keys, self).sorted { $0.0.isOrdered(before: $1.0) == true }.map(\.1)
    }

    /// The first element whose key no other's comes before; null in an empty list.
    func extreme(
        by keys: [ManifestValue],
        _ comesBefore: (ManifestValue, ManifestValue) -> Bool
    ) -> ManifestValue {
        var best: Int?
        for index in indices where best.map({ comesBefore(keys[index], keys[$0]) }) ?? true { best = index }
        return best.map { self[$0] } ?? .null
    }
}
