/// The credentials of a remote place: keys, tokens, headers.
///
/// Its text shows their names only.
package struct Credentials: Equatable, Sendable, Codable {
    /// The mask of a secret wherever it would be shown.
    package static let mask = "***"

    /// Secrets by their names in YAML, such as `account_key`, `sas_token`, `secret_access_key` and `token`.
    package var values: [String: String]
    /// Headers of web requests.
    package var headers: [String: String]

    package init(values: [String: String] = [:], headers: [String: String] = [:]) {
        self.values = values
        self.headers = headers
    }

    /// True when nothing is needed.
    package var isEmpty: Bool { values.isEmpty && headers.isEmpty }

    /// The names of what there is; a header's is `headers.NAME`.
    package var names: [String] { values.keys.sorted() + headers.keys.sorted().map { "headers." + $0 } }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { names.map { "\($0): \(Self.mask)" }.joined(separator: ", ") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
