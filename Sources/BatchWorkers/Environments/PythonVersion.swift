/// A Python version as far as it matters here: `3.11`, with the patch release where it is known.
package struct PythonVersion: Hashable, Sendable, Codable {
    /// The number before the first point.
    package var major: Int
    /// The number that decides which packages fit.
    package var minor: Int
    /// The number after the second point.
    package var patch: Int?

    package init(_ major: Int, _ minor: Int, _ patch: Int? = nil) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads the first version in a text: `3.11.7`, `>=3.8`, `3.10.*`; nil when it names no minor release.
    package init?(_ text: String) {
        let version = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let numbers = version.split(separator: ".").prefix(3).map { Int($0) }
        guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major, minor, numbers.count == 3 ? numbers[2] : nil)
    }

    /// The version without its patch release, `3.11`.
    package var minorText: String { "\(major).\(minor)" }

    /// Returns whether both are the same minor release.
    package func isSameMinor(as other: PythonVersion) -> Bool {
        major == other.major && minor == other.minor
    }
}

extension PythonVersion: Comparable {
    package static func < (left: PythonVersion, right: PythonVersion) -> Bool {
        (left.major, left.minor, left.patch ?? 0) < (right.major, right.minor, right.patch ?? 0)
    }
}

extension PythonVersion: CustomStringConvertible {
    package var description: String {
        if let patch { "\(minorText).\(patch)" } else { minorText }
    }
}
