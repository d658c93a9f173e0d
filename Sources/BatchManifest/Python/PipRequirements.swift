import BatchDomain

/// A requirements file: what pip is to install, markers and hashes included, and the lines that are no requirements.
package struct PipRequirements: Equatable, Sendable {
    /// A requirement each, in the file's order, those of files it names in their place.
    package var requirements: [String] = []
    /// Options and paths that are not carried out, as written.
    package var ignored: [String] = []

    /// Files that may name files that name files.
    private static let deepestNesting = 5

    package init() {}

    /// Reads a requirements file's text; files that it names with `-r` are read beside it.
    package static func read(text: String, file: String) -> PipRequirements {
        let folder = FilePaths.parent(of: FilePaths.absolute(file, in: FilePaths.currentFolder))
        return read(lines: lines(of: text), folder: folder)
    }

    /// Reads lines, as a requirements file or conda's `pip:` list holds them.
    static func read(lines: [String], folder: String) -> PipRequirements {
        var result = PipRequirements()
        var included: Set<String> = []
        result.add(lines, folder: folder, root: folder, depth: 0, &included)
        return result
    }

    /// A line break inside of a line, which a YAML list can have, would smuggle in an option as a line of its own.
    ///
    /// Files are followed inside the root only: a stranger's model must not make its reader show other files.
    ///
    /// Each is followed once: a thousand lines that name their own file would otherwise be a thousand to the fifth.
    private mutating func add(
        _ lines: [String],
        folder: String,
        root: String,
        depth: Int,
        _ included: inout Set<String>
    ) {
        for line in lines.map(Self.withoutComment) where !line.isEmpty {
            let file = Self.includedFile(line).map { FilePaths.absolute($0, in: folder) }
            if let file, included.contains(file) { continue }
            if let file, file.hasPrefix(root + "/"), depth < Self.deepestNesting,
                let text = try? TextFile.read(file, inside: root)
            {
                included.insert(file)
                add(Self.lines(of: text), folder: FilePaths.parent(of: file), root: root, depth: depth + 1, &included)
            } else if line.hasPrefix("-") || Self.isPath(line) || line.contains(where: \.isNewline) {
                ignored.append(line)
            } else {
                requirements.append(line)
            }
        }
    }

    /// The file of `-r FILE`, `-rFILE`, `--requirement FILE`, `--requirement=FILE`.
    private static func includedFile(_ line: String) -> String? {
        for option in ["--requirement", "-r"] where line.hasPrefix(option) {
            let name = line.dropFirst(option.count).drop { $0 == "=" || $0.isWhitespace }
            return name.isEmpty ? nil : String(name)
        }
        return nil
    }

    private static func isPath(_ line: String) -> Bool {
        line.hasPrefix(".") || line.hasPrefix("/") || line.hasPrefix("~") || line.hasPrefix("file:")
    }

    /// A `#` begins a comment at a line's start or after a blank; in `git+https://…#egg=x` it does not.
    private static func withoutComment(_ line: String) -> String {
        var before: Character = " "
        let end = line.indices.first { index in
            defer { before = line[index] }
            return line[index] == "#" && before.isWhitespace
        }
        return line[..<(end ?? line.endIndex)].trimmed
    }

    /// The lines, those that end with `\` joined with the next.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var isContinued = false
        for part in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let line = part.hasSuffix("\\") ? String(part.dropLast()).trimmed : String(part)
            if isContinued, let last = lines.indices.last {
                lines[last] = (lines[last] + " " + line.trimmed).trimmed
            } else {
                lines.append(line)
            }
            isContinued = part.hasSuffix("\\")
        }
        return lines
    }
}
