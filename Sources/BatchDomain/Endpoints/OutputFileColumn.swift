/// How the output names the file that a row comes from.
package enum OutputFileColumn: String, Sendable, Codable, CaseIterable {
    /// The base name where base names are unique within the input, else the relative path.
    case auto
    /// The base name, as in Azure.
    case name
    /// The path relative to the input.
    case path

    /// Decides for an input: the result is never ``auto``.
    ///
    /// - Parameter areNamesUnique: Whether no two files of the input have the same base name; asked for ``auto`` only.
    /// - Returns: ``name`` or ``path``.
    package func resolved(areNamesUnique: @autoclosure () -> Bool) -> OutputFileColumn {
        switch self {
        case .auto: areNamesUnique() ? .name : .path
        case .name, .path: self
        }
    }
}
