import FoundationEssentials

extension String {
    /// The path made absolute from a folder, with `~` replaced and without `.` and `..`.
    package func absolutePath(in folder: String) -> String {
        let expanded = expandingHome
        let absolute = expanded.hasPrefix("/") ? expanded : folder + "/" + expanded
        return URL(filePath: absolute).standardizedFileURL.path
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
