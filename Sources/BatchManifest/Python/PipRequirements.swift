package import BatchDomain

/// A requirements file: what is to be installed, markers and hashes included, and the lines that are not carried out.
package struct PipRequirements: Equatable, Sendable {
    /// Requirements, options of pip and files of the model, in the file's order, those of files it names in their place.
    package var requirements: [String] = []
    /// Versions that bound what is installed, from the files named with `-c`.
    package var constraints: [String] = []
    /// Lines that are not carried out.
    package var leftOut: [LeftOutLine] = []

    package init() {}

    /// Reads a requirements file's text; files that it names with `-r` and `-c` are read beside it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The file's path.
    ///   - model: The model's folder, whose files may be installed; nil where no files are kept with the text.
    /// - Returns: What is to be installed.
    package static func read(text: String, file: String, model: String? = nil) -> PipRequirements {
        let folder = FilePaths.parent(of: file.normalizedPath(in: FilePaths.currentFolder))
        return read(lines: lines(of: text), folder: folder, model: model)
    }

    /// Reads lines, as a requirements file or conda's `pip:` list holds them.
    static func read(lines: [String], folder: String, model: String? = nil) -> PipRequirements {
        var reader = PipRequirementsReader(root: model ?? folder, model: model)
        reader.add(lines, folder: folder, depth: 0)
        return reader.result
    }

    /// The lines, those that end with `\` joined with the next.
    static func lines(of text: String) -> [String] {
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
