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
        for (name, bytes) in files {
            try Data(bytes).write(to: URL(fileURLWithPath: staging + "/" + name))
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

    /// Its text, for people to read.
    package static var generatedScript: String { "" }

    private static let files: [(String, [UInt8])] = [("host.py", PackageResources.host_py)]

    private static var digest: String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for (name, bytes) in files {
            for byte in Array(name.utf8) + bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        }
        return String(hash, radix: 16)
    }
}
