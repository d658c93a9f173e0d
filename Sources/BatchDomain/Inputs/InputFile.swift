/// An input file: where it is and how to tell that it changed.
package struct InputFile: Equatable, Sendable {
    /// A size or time that is not known.
    package static let unknown = -1

    /// The path below the input's root; any bytes but NUL.
    package var path: [UInt8]
    /// The size in bytes.
    package var size: Int
    /// The time of the last change, in nanoseconds since 1970.
    package var modified: Int

    package init(path: [UInt8], size: Int = unknown, modified: Int = unknown) {
        self.path = path
        self.size = size
        self.modified = modified
    }
}
