/// An input file: its path, and the values that show a change.
package struct InputFile: Equatable, Sendable {
    /// A size or time that is not known.
    package static let unknown = -1

    /// Why a link is a failed file, as the manifest has it in place of the size.
    package enum Refusal: Int, Sendable {
        /// It leads out of the input to what is not shared: see ``LinkRule``.
        case notShared = -2
        /// It leads to a folder that holds it.
        case endless = -3
    }

    /// The path below the input's root; any bytes but NUL.
    package var path: [UInt8]
    /// The size in bytes; the value of a ``Refusal`` for a link that is not followed.
    package var size: Int
    /// The time of the last change, in nanoseconds since 1970.
    package var modified: Int
    /// The part of it that is meant; nil for all of it.
    package var part: FilePart?

    package init(path: [UInt8], size: Int = unknown, modified: Int = unknown, part: FilePart? = nil) {
        self.path = path
        self.size = size
        self.modified = modified
        self.part = part
    }

    /// A link that is not followed.
    package init(path: [UInt8], refused refusal: Refusal) {
        self.init(path: path, size: refusal.rawValue)
    }

    /// True when it is a link that is not followed.
    package var isRefused: Bool { Refusal(rawValue: size) != nil }
}
