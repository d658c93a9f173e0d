/// Maximum sizes of a remote input on this machine's disk.
package struct FetchLimits: Equatable, Sendable {
    /// The variable with the size of a workspace's cache.
    package static let cacheVariable = "BATCHSTUDIO_INPUT_CACHE"
    /// The variable with the size of the largest file that is fetched.
    package static let fileVariable = "BATCHSTUDIO_MAX_FILE_SIZE"
    /// The size of the cache in bytes where its variable is not set: 2 GiB.
    package static let standardCache = 2 << 30

    /// The size of a workspace's cache, in bytes.
    package let cache: Int
    /// The size of the largest file that is fetched, in bytes; nil where the cache is the limit.
    package let maxFileSize: Int?

    /// Reads both from a process's variables.
    ///
    /// - Throws: ``StudioError`` when the value of one is not a size.
    package init(_ environment: [String: String]) throws(StudioError) {
        cache = try Self.bytes(Self.cacheVariable, in: environment) ?? Self.standardCache
        maxFileSize = try Self.bytes(Self.fileVariable, in: environment)
    }

    private static func bytes(_ variable: String, in environment: [String: String]) throws(StudioError) -> Int? {
        guard let text = environment[variable] else { return nil }
        if let bytes = ByteSize.bytes(of: text) { return bytes }
        throw StudioError(
            .environment,
            "\(variable)=\(text) is not a size.",
            advice: "Set it to \(ByteSize.acceptedForms), or unset it."
        )
    }
}
