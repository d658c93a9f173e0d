import BatchDomain

/// Reads requirements line by line and follows the files that they name.
struct PipRequirementsReader {
    /// The values that were read so far.
    private(set) var result = PipRequirements()
    /// The folder that named files are followed in: a stranger's model must not make its reader show other files.
    private let root: String
    /// The model's folder; nil where no files are kept with the text.
    private let model: String?
    /// Each file is followed once: a thousand lines that name their own file would otherwise be a thousand to the fifth.
    private var included: Set<String> = []

    /// How deep files may name files.
    private static let deepestNesting = 5

    init(root: String, model: String?) {
        self.root = root
        self.model = model
    }

    mutating func add(_ lines: [String], folder: String, depth: Int) {
        for line in lines.map(Self.withoutComment) where !line.isEmpty {
            if line.contains(where: \.isNewline) {
                // A line break inside of a line, which a YAML list can have, would smuggle in an option as a line of its own.
                leaveOut(line, .malformed)
            } else if line.hasPrefix("-") {
                add(options: line, folder: folder, depth: depth)
            } else {
                add(requirement: line, folder: folder)
            }
        }
    }

    private mutating func leaveOut(_ line: String, _ reason: LeftOutLine.Reason) {
        result.leftOut.append(LeftOutLine(line, reason))
    }
}

// MARK: Options

extension PipRequirementsReader {
    /// Reads a line of options, of which pip allows several.
    private mutating func add(options line: String, folder: String, depth: Int) {
        var words = line.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        while let option = PipOption(taking: &words) {
            switch option.name {
            case "--requirement": include(option, folder: folder, depth: depth)
            case "--constraint": constrain(option, folder: folder)
            case "--editable": addEditable(option, folder: folder)
            case "--find-links": findLinks(option, folder)
            case "--index-url", "--extra-index-url", "--no-binary", "--only-binary", "--trusted-host":
                if option.value == nil {
                    leaveOut(option.written, .malformed)
                } else {
                    result.requirements.append(option.line)
                }
            case "--no-index", "--pre", "--require-hashes": result.requirements.append(option.line)
            // Wheels are preferred in any case.
            case "--prefer-binary": break
            default: leaveOut(option.written, .unsupportedOption)
            }
        }
    }

    private mutating func include(_ option: PipOption, folder: String, depth: Int) {
        guard let file = named(option, in: folder) else { return }
        if included.contains(file) { return }
        guard depth < Self.deepestNesting, let text = try? TextFile.read(file, inside: root) else {
            return leaveOut(option.written, .missingFile)
        }
        included.insert(file)
        add(PipRequirements.lines(of: text), folder: FilePaths.parent(of: file), depth: depth + 1)
    }

    private mutating func constrain(_ option: PipOption, folder: String) {
        guard let file = named(option, in: folder) else { return }
        guard let text = try? TextFile.read(file, inside: root) else { return leaveOut(option.written, .missingFile) }
        let lines = PipRequirements.lines(of: text).map(Self.withoutComment)
        result.constraints += lines.filter { !$0.isEmpty && !$0.hasPrefix("-") }
        for line in lines where line.hasPrefix("-") { leaveOut(line, .unsupportedOption) }
    }

    /// The file that an option names; nil where it is a URL, which uv follows itself, or may not be followed.
    private mutating func named(_ option: PipOption, in folder: String) -> String? {
        guard let value = option.value else {
            leaveOut(option.written, .malformed)
            return nil
        }
        if value.contains("://") {
            result.requirements.append(option.line)
            return nil
        }
        let file = value.normalizedPath(in: folder)
        if file.hasPrefix(root + "/") { return file }
        leaveOut(option.written, .outsideModel)
        return nil
    }

    /// Nothing is edited in an environment that jobs share: the project is installed as any other.
    private mutating func addEditable(_ option: PipOption, folder: String) {
        // A value that begins with '-' would be an option of the installer in a line of its own.
        guard let value = option.value, !value.hasPrefix("-") else { return leaveOut(option.written, .malformed) }
        guard let place = LocalPlace(value) else { return result.requirements.append(value) }
        add(place, written: option.written, folder: folder)
    }

    private mutating func findLinks(_ option: PipOption, _ folder: String) {
        guard let value = option.value else { return leaveOut(option.written, .malformed) }
        if value.contains("://"), !value.hasPrefix("file:") { return result.requirements.append(option.line) }
        switch local(value, folder) {
        case .success(let path): result.requirements.append("--find-links \(path)")
        case .failure(let failure): leaveOut(option.written, failure.reason)
        }
    }
}

// MARK: Requirements

extension PipRequirementsReader {
    /// Options of one requirement that uv does not have; pip gives them to `setup.py`.
    private static let requirementOptions = ["--global-option", "--install-option", "--config-settings"]

    private mutating func add(requirement line: String, folder: String) {
        guard Self.requirementOptions.contains(where: { line.contains(" " + $0) }) else {
            return add(plain: line, folder: folder)
        }
        let starts = Self.requirementOptions.compactMap { line.firstRange(of: " " + $0)?.lowerBound }
        let end = starts.min() ?? line.endIndex
        leaveOut("\(line[end...].trimmed) of \(line[..<end].trimmed)", .unsupportedOption)
        add(plain: line[..<end].trimmed, folder: folder)
    }

    private mutating func add(plain line: String, folder: String) {
        guard let place = LocalPlace(line) else { return result.requirements.append(line) }
        add(place, written: line, folder: folder)
    }

    private mutating func add(_ place: LocalPlace, written line: String, folder: String) {
        switch local(place.path, folder) {
        case .failure(let failure): leaveOut(line, failure.reason)
        case .success(let path):
            let file = path.normalizedPath(in: root)
            let isProject = ["pyproject.toml", "setup.py"].contains { FilePaths.isFile(file + "/" + $0) }
            if FilePaths.isFolder(file), !isProject { return leaveOut(line, .notAProject) }
            result.requirements.append(place.name + path + place.rest)
        }
    }

    private struct Unusable: Error { let reason: LeftOutLine.Reason }

    /// A file or folder of the model, relative to it: MLflow's paths start from the model, else those of a file from its folder.
    private func local(_ place: String, _ folder: String) -> Result<String, Unusable> {
        guard let model else { return .failure(Unusable(reason: .besideEnvironment)) }
        let path = place.hasPrefix("file:") ? String(place.dropFirst("file:".count).drop { $0 == "/" }) : place
        if place.hasPrefix("file:") || path.hasPrefix("/") || path.hasPrefix("~") {
            return .failure(Unusable(reason: .outsideModel))
        }
        let places = [path.normalizedPath(in: model), path.normalizedPath(in: folder)]
        let inside = places.filter { $0 == model || $0.hasPrefix(model + "/") }
        if inside.isEmpty { return .failure(Unusable(reason: .outsideModel)) }
        guard let found = inside.first(where: FilePaths.exists) else { return .failure(Unusable(reason: .missingFile)) }
        return .success("./" + found.dropFirst(model.count).drop { $0 == "/" })
    }
}

// MARK: Lines

extension PipRequirementsReader {
    /// A `#` begins a comment at a line's start or after a blank; in `git+https://…#egg=x` it does not.
    private static func withoutComment(_ line: String) -> String {
        var before: Character = " "
        let end = line.indices.first { index in
            defer { before = line[index] }
            return line[index] == "#" && before.isWhitespace
        }
        return line[..<(end ?? line.endIndex)].trimmed
    }
}
