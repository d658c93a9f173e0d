/// Lines of `key=value`, as tags and environment variables are written.
package enum KeyValueLines {
    /// The pairs in order; empty lines and lines without a key are passed over.
    package static func pairs(in text: String) -> [(key: String, value: String)] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = trimmed(parts[0])
            guard parts.count == 2, !key.isEmpty else { return nil }
            return (key, trimmed(parts[1]))
        }
    }

    /// The first line that is no pair, or whose key was there before.
    ///
    /// - Parameters:
    ///   - text: The lines.
    ///   - example: A pair of the kind that is wanted.
    /// - Returns: A sentence that names the line; nil when all is right.
    package static func problem(in text: String, example: String = "owner=anna") -> String? {
        var keys: Set<String> = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            guard let pair = pairs(in: String(line)).first else {
                return "Line \(index + 1), “\(line)”, must be key=value, \(example) for example."
            }
            guard keys.insert(pair.key).inserted else {
                return "Line \(index + 1) gives “\(pair.key)” a second time; each key may stand once."
            }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
