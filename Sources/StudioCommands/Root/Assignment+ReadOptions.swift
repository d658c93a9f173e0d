import BatchDomain
import BatchManifest

extension Assignment {
    /// The path of keys in the read options, where one is set: `read_options.delimiter`, also under `settings.`.
    var readOption: String? {
        let prefix = "settings."
        let path = key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key
        let setting = Setting.readOptions.key
        return path == setting || path.hasPrefix(setting + ".") ? path : nil
    }
}

extension [Assignment] {
    /// The read options among the assignments, which build on each other; nil when there are none.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong with them.
    func readOptions() throws -> ReadOptions? {
        var document = YAMLDocument()
        for assignment in self {
            guard let path = assignment.readOption else { continue }
            document = try document.setting(path: path, value: assignment.value)
        }
        return try ReadOptionsManifest.read(document)
    }
}
