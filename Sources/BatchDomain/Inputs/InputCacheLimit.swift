/// The maximum size of a workspace's cache of fetched input files.
package enum InputCacheLimit {
    /// The variable that sets it.
    package static let variable = "BATCHSTUDIO_INPUT_CACHE"
    /// The size in bytes where the variable is not set: 2 GiB.
    package static let standard = 2 << 30

    /// Reads the size.
    ///
    /// - Parameter environment: The process's variables.
    /// - Returns: The size in bytes.
    /// - Throws: ``StudioError`` when the variable's value is not a size.
    package static func bytes(in environment: [String: String]) throws(StudioError) -> Int {
        guard let text = environment[variable] else { return standard }
        guard let bytes = ByteSize.bytes(of: text) else {
            throw StudioError(
                .environment,
                "\(variable)=\(text) is not a size.",
                advice: "Set it to \(ByteSize.acceptedForms), or unset it for \(ByteSize.exactText(standard))."
            )
        }
        return bytes
    }
}
