/// A requirement that names a file or folder in place of a package: `wheels/a.whl[extra] ; python_version > "3"`.
struct LocalPlace: Equatable {
    /// `a @ `, where the requirement has a name.
    let name: String
    /// The path as written.
    let path: String
    /// Extras, marker and hashes.
    let rest: String

    private static let archives = [".whl", ".tar.gz", ".tgz", ".tar.bz2", ".zip"]

    /// Reads a requirement; nil when it names a package or a URL.
    init?(_ requirement: String) {
        let start = requirement.firstRange(of: " @ ")?.upperBound ?? requirement.startIndex
        name = String(requirement[..<start])
        let end = requirement[start...].firstIndex { $0.isWhitespace || $0 == ";" || $0 == "[" } ?? requirement.endIndex
        path = String(requirement[start..<end])
        rest = String(requirement[end...])
        let isNamedPath = start != requirement.startIndex && !path.contains("://")
        let isFile = path.hasPrefix("file:") || path.hasPrefix(".") || path.hasPrefix("~")
        let looksLikeFile = path.contains("/") || Self.archives.contains { path.lowercased().hasSuffix($0) }
        guard isFile || isNamedPath || looksLikeFile && !path.contains("://") else { return nil }
    }
}
