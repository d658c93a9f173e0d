import BatchDomain

/// The `paths` of an MLTable file as one folder and patterns below it.
struct MLTablePaths: Equatable {
    /// The deepest folder that holds all of the files.
    var root: String
    /// The patterns below it.
    var patterns: [String]
    /// True when it is exactly one file.
    var isOneFile: Bool

    /// An entry of `paths`, absolute.
    enum Entry: Equatable {
        case file(String)
        case folder(String)
        /// A folder, and a pattern below it.
        case pattern(folder: String, String)

        /// The folder that holds the files.
        var folder: String {
            switch self {
            case .file(let path): FilePaths.parent(of: path)
            case .folder(let path): path
            case .pattern(let folder, _): folder
            }
        }

        /// The pattern of the files, absolute.
        var pattern: String {
            switch self {
            case .file(let path): PathPattern.escaped(path)
            case .folder(let path): (path == "/" ? "" : PathPattern.escaped(path)) + "/**"
            case .pattern(let folder, let pattern):
                (folder == "/" ? "" : PathPattern.escaped(folder)) + "/" + pattern
            }
        }
    }

    /// Puts entries, of which there is one at least, below their common folder; the MLTable file itself is never among them.
    init(_ entries: [Entry], file: String) {
        let folders = entries.map { $0.folder.split(separator: "/") }
        var common = folders[0]
        for folder in folders {
            common = Array(zip(common, folder).prefix { $0.0 == $0.1 }.map(\.0))
        }
        root = "/" + common.joined(separator: "/")
        let depth = common.count
        func below(_ path: String) -> String {
            path.split(separator: "/").dropFirst(depth).joined(separator: "/")
        }
        var seen: Set<String> = []
        let wanted = entries.map { below($0.pattern) }.filter { seen.insert($0).inserted }
        patterns = PathPatterns.stored(wanted: wanted, unwanted: [])
        isOneFile = entries.count == 1 && { if case .file = entries[0] { true } else { false } }()
        if file.hasPrefix(root == "/" ? "/" : root + "/"), PathPatterns(patterns).matches(below(file)) {
            patterns = PathPatterns.stored(wanted: wanted, unwanted: [PathPattern.escaped(below(file))])
        }
    }
}

extension ManifestFields {
    /// The files of a table; nil when something is wrong with them, which is reported.
    mutating func tablePaths() -> MLTablePaths? {
        guard let node = node("paths", as: .mapping) else {
            report("paths", rule: "must be given", example: "[{pattern: ./*.csv}]")
            return nil
        }
        guard let elements = node.elements, !elements.isEmpty else {
            report("paths", rule: "must be a list of paths, but it is \(node.noun)", example: "[{pattern: ./*.csv}]")
            return nil
        }
        let entries = elements.compactMap { tablePath($0) }
        guard entries.count == elements.count else { return nil }
        let file = document.file.map { document.absolute(FilePaths.name(of: $0)) }
        return MLTablePaths(entries, file: file ?? document.folder + "/" + MLTableManifest.fileName)
    }

    private mutating func tablePath(_ node: YAMLNode) -> MLTablePaths.Entry? {
        guard let entries = node.entries, let entry = entries.first, entries.count == 1, let text = entry.value.text,
            !text.isEmpty
        else {
            add(
                "paths",
                node.location,
                rule: "must have one of file, folder and pattern in each entry",
                "pattern: ./*.csv"
            )
            return nil
        }
        let field = "paths.\(entry.key)"
        let location = entry.value.location
        if text.utf8.contains(0) {
            add(field, location, rule: "must not hold a NUL character")
            return nil
        }
        let path = text.hasPrefix("file://") ? String(text.dropFirst("file://".count)) : text
        if path.contains("://") || path.hasPrefix("azureml:") {
            let rule =
                "is a remote path: an MLTable is read from files of this machine. Copy the files, or register the remote "
                + "folder as uri_folder and give read_options"
            add(Problem(field: field, value: text, rule: rule, location: location))
            return nil
        }
        switch entry.key {
        case "file": return tableFile(path, field, location)
        case "folder":
            let folder = document.absolute(path)
            if FilePaths.isFolder(folder) { return .folder(folder) }
            add(Problem(field: field, value: text, rule: "must be a folder, but \(folder) is none", location: location))
        case "pattern": return tablePattern(path, field, location)
        default:
            let near = NearestKey.of(entry.key, among: ["file", "folder", "pattern"])
            let hint = near.map { "; did you mean '\($0)'?" } ?? "; they are file, folder and pattern"
            add(Problem(field: field, rule: "is not a kind of path\(hint)", location: entry.location))
        }
        return nil
    }

    private mutating func tableFile(_ text: String, _ field: String, _ location: SourceLocation?) -> MLTablePaths.Entry?
    {
        let file = document.absolute(text)
        if FilePaths.isFile(file) { return .file(file) }
        let advice = PathPattern.isPattern(text) ? ": a path with wildcards is a pattern" : ", but \(file) is none"
        add(Problem(field: field, value: text, rule: "must be a file\(advice)", location: location))
        return nil
    }

    private mutating func tablePattern(
        _ text: String,
        _ field: String,
        _ location: SourceLocation?
    ) -> MLTablePaths.Entry? {
        let parts = text.split(separator: "/").filter { $0 != "." }
        let fixed = parts.prefix { !PathPattern.isPattern($0) }
        // The last part is a file's name, never the folder.
        let above = fixed.count == parts.count ? fixed.dropLast() : fixed
        let rest = parts.dropFirst(above.count)
        guard !rest.isEmpty, !rest.contains("..") else {
            add(Problem(field: field, value: text, rule: "must not have '..' after a wildcard", location: location))
            return nil
        }
        let folder = document.absolute((text.hasPrefix("/") ? "/" : "") + above.joined(separator: "/"))
        guard FilePaths.isFolder(folder) else {
            let rule = "must begin with a folder, but \(folder) is none"
            add(Problem(field: field, value: text, rule: rule, location: location))
            return nil
        }
        return .pattern(folder: folder, rest.joined(separator: "/"))
    }

    private mutating func add(_ field: String, _ location: SourceLocation?, rule: String, _ example: String? = nil) {
        add(Problem(field: field, rule: rule, example: example, location: location))
    }
}
