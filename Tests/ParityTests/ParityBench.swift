import Foundation

/// A folder in which copies of the fixture are made, one after the other under the same path: what both faces store about their
/// paths is the same then.
struct ParityBench: Sendable {
    /// The fixture.
    let fixture: ParityFixture
    /// The folder of each copy.
    let folder: String

    /// Runs the body with a new copy.
    func withCopy<Result>(_ body: (_ folder: String) async throws -> Result) async throws -> Result {
        try FileManager.default.copyItem(atPath: fixture.folder, toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }
}
