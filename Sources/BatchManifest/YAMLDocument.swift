package import BatchDomain

/// One YAML file as a tree of nodes that know where they stand, and the folder that its relative paths start from.
package struct YAMLDocument: Equatable, Sendable {
    /// The file as the user named it; nil when there is none and flags alone say everything.
    package let file: String?
    /// The folder that relative paths start from, absolute.
    package let folder: String
    /// The topmost node; null for an empty file.
    package internal(set) var root: YAMLNode

    /// Reads text that stands in a file.
    ///
    /// - Throws: ``ValidationError`` with the place where the text stops being YAML, or with the bound it exceeds.
    package init(text: String, file: String) throws(ValidationError) {
        self.file = file
        folder = FilePaths.parent(of: file.normalizedPath(in: FilePaths.currentFolder))
        root = try YAMLComposer.compose(text, file: file)
    }

    /// Reads a file.
    ///
    /// - Throws: ``StudioError`` when the file can't be read, ``ValidationError`` when it isn't YAML.
    package init(readingFile file: String) throws {
        try self.init(text: try TextFile.read(file), file: file)
    }

    /// Makes an empty document, for commands whose flags say everything.
    package init(folder: String? = nil) {
        file = nil
        self.folder = (folder ?? ".").normalizedPath(in: FilePaths.currentFolder)
        root = YAMLNode(.null)
    }

    /// Takes what is printed for a thing as the document to change it with: `update --set`.
    ///
    /// - Parameters:
    ///   - value: The topmost value.
    ///   - folder: The folder that relative paths start from; nil for the current one.
    package init(_ value: ManifestValue, folder: String? = nil) {
        self.init(folder: folder)
        root = YAMLNode(value: value)
    }

    /// A mapping of the document as a document of its own.
    func part(_ node: YAMLNode) -> YAMLDocument {
        var part = self
        part.root = node
        return part
    }

    /// Where problems of the whole file are shown.
    var start: SourceLocation? { file.map { SourceLocation(file: $0, line: 1) } }

    /// The text of a key at the top; nil where it is missing or no text.
    package func text(at key: String) -> String? { root[key]?.text }

    /// The absolute form of a path that stands in the document.
    package func absolute(_ path: String) -> String { path.normalizedPath(in: folder) }
}
