import BatchDomain
import Foundation
import SystemKit

/// The Python side of the workers, embedded in the binary and written to the cache folder when it is needed.
package enum RuntimeFiles {
    /// Writes the files that are missing, and returns their folder.
    ///
    /// Each file gets its name when it is complete and on the disk, so that several processes may do this at once. One of another size was
    /// damaged, and is written again.
    ///
    /// - Parameter cache: batchstudio's cache folder, absolute.
    /// - Returns: The folder, named by a digest of the files' contents.
    /// - Throws: ``FileError``, or the file system's error, when the cache can't be written.
    package static func install(in cache: String) throws -> String {
        let folder = folder(in: cache)
        try FileManager.default.createDirectory(
            atPath: (folder as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try CacheUse.holdBlocking(folder)
        for (name, text) in EmbeddedRuntime.files where !isWhole(folder + "/" + name, text) {
            let path = folder + "/" + name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try DurableFile.write(text.utf8, to: path)
        }
        return folder
    }

    /// The folder of this program's files in a cache.
    static func folder(in cache: String) -> String { cache + "/runtime/" + digest }

    private static func isWhole(_ path: String, _ text: String) -> Bool {
        guard case .file(let bytes, _)? = try? FolderEntry(at: path)?.kind else { return false }
        return bytes == text.utf8.count
    }

    /// The file of the scoring script that is generated for MLflow models.
    package static let generatedScriptName = "mlflow_driver.py"

    /// The list with the release of uv that is fetched, and its hashes.
    static let uvRequirementsName = "uv-requirements.txt"

    /// The text of the generated scoring script.
    package static var generatedScript: String {
        EmbeddedRuntime.files.first { $0.name == generatedScriptName }?.text ?? ""
    }

    private static let digest: String = {
        var digest = SHA256()
        for file in EmbeddedRuntime.files {
            digest.update(Array(file.name.utf8) + [0])
            digest.update(Array(file.text.utf8))
        }
        return digest.finalize()
    }()
}
