/// How the names of one kind of thing are built.
///
/// Lengths and characters are Azure's (`_endpoint_helpers.py` of the Python SDK for endpoints and deployments).
package struct NameRule: Sendable {
    /// The thing as a user calls it: "endpoint".
    package let noun: String
    /// The allowed lengths, in characters.
    package let lengths: ClosedRange<Int>
    /// A name that would be accepted.
    package let example: String
    /// The characters as a regular expression of JSON Schema.
    package let pattern: String
    private let characters: String
    private let isWellFormed: @Sendable ([UInt8]) -> Bool

    /// Batch endpoints: 3 to 32 characters, `^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$`.
    package static let endpoint = NameRule(hyphenated: "endpoint", example: "wine-batch")
    /// Batch deployments: the same as endpoints.
    package static let deployment = NameRule(hyphenated: "deployment", example: "wine-mlflow")
    /// Compute targets: 2 to 24 characters, otherwise as endpoints.
    package static let compute = NameRule(hyphenated: "compute", lengths: 2...24, example: "batch-cluster")
    /// Models.
    package static let model = NameRule(asset: "model", example: "wine")
    /// Data assets.
    package static let data = NameRule(asset: "data asset", example: "wine-unlabeled")
    /// Environments.
    package static let environment = NameRule(asset: "environment", example: "sklearn-env")
    /// Datastores.
    package static let datastore = NameRule(asset: "datastore", example: "workspaceblobstore")
    /// Jobs.
    package static let job = NameRule(asset: "job", example: "nightly-2026-11-22")
    /// Schedules.
    package static let schedule = NameRule(asset: "schedule", example: "nightly")
    /// Versions of assets.
    package static let version = NameRule(asset: "version", lengths: 1...30, example: "1")

    private init(hyphenated noun: String, lengths: ClosedRange<Int> = 3...32, example: String) {
        self.noun = noun
        self.lengths = lengths
        self.example = example
        characters =
            "must start with a letter, end with a letter or digit and hold only letters, digits and '-' between"
        pattern = "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"
        isWellFormed = { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            return first.isASCIILetter && last.isASCIILetterOrDigit
                && bytes.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
        }
    }

    private init(asset noun: String, lengths: ClosedRange<Int> = 1...255, example: String) {
        self.noun = noun
        self.lengths = lengths
        self.example = example
        characters = "must start with a letter or digit and hold only letters, digits, '-', '_' and '.'"
        pattern = "^[a-zA-Z0-9][-_.a-zA-Z0-9]*$"
        isWellFormed = { bytes in
            guard let first = bytes.first else { return false }
            return first.isASCIILetterOrDigit
                && bytes.allSatisfy { $0.isASCIILetterOrDigit || "-_.".utf8.contains($0) }
        }
    }

    /// The problems of a name; empty when it may be used.
    package func problems(in name: String, field: String = "name") -> [Problem] {
        var rules: [String] = []
        if !lengths.contains(name.count) {
            rules.append("must be at least \(lengths.lowerBound) and at most \(lengths.upperBound) characters long")
        }
        if !isWellFormed(Array(name.utf8)) { rules.append(characters) }
        return rules.map { Problem(field: field, value: name, rule: $0, example: example) }
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }

    fileprivate var isASCIILetterOrDigit: Bool {
        isASCIILetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
