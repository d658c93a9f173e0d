import BatchDomain
import FoundationEssentials
import SystemKit

/// The user's configuration: `~/.config/batchstudio/config.toml`, or the one in `$XDG_CONFIG_HOME/batchstudio`.
///
/// Its settings are texts at the top of the file, a part of TOML that is read and changed here line by line: so a problem has its line, and
/// a change leaves comments and all other lines as they are.
///
///     var config = try ConfigFile(environment: environment)
///     config.value(.workspace)
///     try config.set(.output, to: "table")
package struct ConfigFile: Sendable {
    /// The file's path.
    package let path: String
    private var lines: [ConfigLine]

    /// Reads the file; one that is not there is empty.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong in it, ``StudioError`` when it can't be read.
    package init(environment: [String: String]) throws {
        try self.init(path: Self.folder(environment: environment) + "/config.toml")
    }

    /// The folder of the user's own files: `~/.config/batchstudio`, or `$XDG_CONFIG_HOME/batchstudio` where that is an absolute path.
    package static func folder(environment: [String: String]) -> String {
        let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        let config = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        return config + "/batchstudio"
    }

    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            try self.init(path: path, text: "")
            return
        }
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw StudioError(
                .file,
                "The configuration '\(path)' can't be read as text.",
                advice: "Check that it may be read and is UTF-8."
            )
        }
        try self.init(path: path, text: text)
    }

    init(path: String, text: String) throws(ValidationError) {
        self.path = path
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false)
        if rest.last?.isEmpty == true { rest.removeLast() }
        var read: [ConfigLine] = []
        var problems: [Problem] = []
        for (index, line) in rest.enumerated() {
            do throws(Problem) {
                let line = try ConfigLine(line.last == "\r" ? line.dropLast() : line)
                if let setting = line.setting, read.contains(where: { $0.setting == setting }) {
                    throw Problem(field: setting.rawValue, rule: "is given more than once")
                }
                read.append(line)
            } catch {
                var problem = error
                problem.location = SourceLocation(file: path, line: index + 1)
                problems.append(problem)
            }
        }
        try ValidationError.throwIfAny(problems)
        lines = read
    }

    /// The value of a setting; nil where the file does not have it.
    package func value(_ setting: ConfigSetting) -> String? { lines.first { $0.setting == setting }?.value }

    /// The workspace's folder, where the environment names none.
    package func workspace(environment: [String: String]) -> String? {
        environment["BATCHSTUDIO_WORKSPACE"].map(\.isEmpty) ?? true ? value(.workspace) : nil
    }

    /// Changes a setting, or removes it, and writes the file.
    ///
    /// - Throws: ``ValidationError`` for a value that the setting does not take, ``FileError``.
    package mutating func set(_ setting: ConfigSetting, to value: String?) throws {
        if let value, let problem = setting.problem(of: value) { throw ValidationError(problem) }
        let index = lines.firstIndex { $0.setting == setting }
        switch (index, value) {
        case (nil, nil): return
        case (let index?, nil): lines.remove(at: index)
        case (let index?, let value?): lines[index] = lines[index].changed(to: value)
        case (nil, let value?): lines.append(ConfigLine(setting, value))
        }
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
        try DurableFile.write(lines.map { $0.text + "\n" }.joined().utf8, to: path, permissions: 0o644)
    }
}
