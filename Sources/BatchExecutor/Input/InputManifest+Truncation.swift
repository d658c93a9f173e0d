import BatchDomain
import BatchWorkspace

extension InputManifest {
    /// The files of a mini-batch that were cut short or overwritten since they were listed, by their paths below `root`.
    package func truncatedFiles(of id: Int, below root: String) -> [String] {
        inputFiles(of: id).compactMap { listed -> String? in
            guard listed.size >= 0, let file = InputFile(path: listed.path, below: root) else { return nil }
            // One that is as long as before may have been cut short and written again.
            let isOverwritten = file.size == listed.size && listed.modified >= 0 && file.modified != listed.modified
            return file.size < listed.size || isOverwritten ? String(decoding: listed.path, as: UTF8.self) : nil
        }
    }
}
