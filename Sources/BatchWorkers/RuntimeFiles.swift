import BatchDomain
import Foundation

/// The Python side of the workers, embedded in the binary and written to the cache folder when it is needed.
package enum RuntimeFiles {
    /// Writes the files, unless they are there, and returns their folder.
    ///
    /// - Parameter cache: batchstudio's cache folder, absolute.
    /// - Returns: The folder, named by a digest of the files' contents.
    /// - Throws: The file system's error when the cache can't be written.
    package static func install(in cache: String) throws -> String {
        let manager = FileManager.default
        let folder = cache + "/runtime/" + digest
        if manager.fileExists(atPath: folder) { return folder }
        let staging = folder + ".partial-" + UUID().uuidString
        try manager.createDirectory(
            atPath: staging,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for (name, text) in EmbeddedRuntime.files {
            let path = staging + "/" + name
            try manager.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        do {
            try manager.moveItem(atPath: staging, toPath: folder)
        } catch {
            // Another process was quicker; what it wrote is the same.
            try? manager.removeItem(atPath: staging)
            guard manager.fileExists(atPath: folder) else { throw error }
        }
        return folder
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
