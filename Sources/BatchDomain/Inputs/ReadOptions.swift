/// How input files are read: the options that were given, each valid by itself.
///
/// ```swift
/// var options = ReadOptions()
/// try options.set(.delimiter, to: .text("tab"))
/// options[.delimiter]                              // .text("\t")
/// let read = deployment.overridden(by: invocation) // key by key, columns of mappings one by one
/// ```
package struct ReadOptions: Hashable, Sendable {
    private var values: [ReadOption: ReadOptionValue] = [:]

    /// Gives nothing: files are read by their name and content.
    package init() {}

    /// The value of an option; nil where it was not given.
    package subscript(option: ReadOption) -> ReadOptionValue? { values[option] }

    /// The options that were given, in the order of their declaration.
    package var given: [(option: ReadOption, value: ReadOptionValue)] {
        ReadOption.allCases.compactMap { option in values[option].map { (option, $0) } }
    }

    /// True when no option was given.
    package var isEmpty: Bool { values.isEmpty }

    /// Sets an option to a typed value.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong with the value; its fields begin with the option's key.
    package mutating func set(_ option: ReadOption, to typed: ReadOptionValue) throws(ValidationError) {
        values[option] = try option.value(of: typed)
    }

    /// Removes an option.
    package mutating func remove(_ option: ReadOption) { values[option] = nil }

    /// These options with others in their place; columns of a mapping are replaced one by one.
    package func overridden(by others: ReadOptions) -> ReadOptions {
        var result = self
        result.values.merge(others.values) { old, new in
            guard case .mapping(let old) = old, case .mapping(let new) = new else { return new }
            return .mapping(old.merging(new) { $1 })
        }
        return result
    }
}

extension ReadOptions: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys {
            // A later version's option, in a database that this one reads, must not be ignored.
            guard let option = ReadOption(rawValue: key.stringValue) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: container,
                    debugDescription: "'\(key.stringValue)' is not a read option of this version"
                )
            }
            values[option] = try container.decode(ReadOptionValue.self, forKey: key)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (option, value) in values { try container.encode(value, forKey: Key(stringValue: option.key)) }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }
}
