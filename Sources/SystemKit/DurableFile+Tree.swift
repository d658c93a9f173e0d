internal import Glibc

extension DurableFile {
    /// Waits until a file, or a folder with all that is in it, is on the disk.
    ///
    /// - Throws: ``FileError``.
    package static func syncTree(_ path: String) throws(FileError) {
        // All of it is on its way before the first wait: then one commit of the file system's journal serves many files.
        try visit(path) { file throws(FileError) in
            let descriptor = uninterrupted { open(file, O_RDONLY | O_CLOEXEC) }
            guard descriptor >= 0 else { throw FileError(.write, file) }
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
            close(descriptor)
        }
        try visit(path) { file throws(FileError) in try sync(file) }
    }

    /// Calls for each file and folder, a folder after what is in it; links and special files are names in their folder only.
    private static func visit(_ path: String, _ body: (String) throws(FileError) -> Void) throws(FileError) {
        guard let entry = try FolderEntry(at: path) else { throw FileError(.open, path, code: ENOENT) }
        try visit(entry, body)
    }

    private static func visit(_ entry: FolderEntry, _ body: (String) throws(FileError) -> Void) throws(FileError) {
        switch entry.kind {
        case .folder:
            for inner in try FolderEntry.all(in: entry.path) { try visit(inner, body) }
            try body(entry.path)
        case .file: try body(entry.path)
        case .unnamed: throw FileError(.open, entry.path, code: EILSEQ)
        case .link, .special: return
        }
    }
}
