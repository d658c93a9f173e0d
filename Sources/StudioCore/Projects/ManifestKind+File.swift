package import BatchManifest
import FoundationEssentials
import SystemKit

extension ManifestKind {
    /// The folder of the schemas in a project.
    package static let projectSchemas = ".batchstudio"

    /// Writes the schema into a folder, which is made where there is none; an older one is replaced.
    ///
    /// - Returns: The file's path.
    package func writeSchema(into folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(schemaFileName)"
        try DurableFile.write("\(try schema().json)\n".utf8, to: path, permissions: 0o644)
        return path
    }
}
