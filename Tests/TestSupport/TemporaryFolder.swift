import Foundation

/// Runs the body with a new folder that is gone afterwards.
package func withTemporaryFolder<Result>(
    _ body: (_ folder: String) async throws -> Result
) async throws -> Result {
    let folder = NSTemporaryDirectory() + "batchstudio-test-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Writes a text file, making its folder.
package func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent,
        withIntermediateDirectories: true
    )
    try text.write(toFile: path, atomically: false, encoding: .utf8)
}
