import FoundationEssentials

extension String {
    /// The path made absolute from a folder, with `~` replaced and without `.` and `..`.
    package func absolutePath(in folder: String) -> String { expandingHome.normalizedPath(in: folder) }

    /// The path made absolute from a folder, without `.`, `..` and doubled or trailing `/`; `~` is a name like any other.
    package func normalizedPath(in folder: String) -> String {
        var parts: [Substring] = []
        for part in (hasPrefix("/") ? self : folder + "/" + self).split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The path with `~` or `~user` at its start replaced by that user's home folder, where there is one.
    private var expandingHome: String {
        guard hasPrefix("~") else { return self }
        let user = dropFirst().prefix { $0 != "/" }
        let manager = FileManager.default
        let home = user.isEmpty ? manager.homeDirectoryForCurrentUser : manager.homeDirectory(forUser: String(user))
        guard let home else { return self }
        let path = home.path
        return (path.hasSuffix("/") ? String(path.dropLast()) : path) + dropFirst(1 + user.count)
    }
}
