package import BatchDomain
package import Testing

/// Expects that the body is refused with an error of this kind, in the words that the target's `Goldens/messages.txt` has.
///
/// ```swift
/// await expectRefusal(.notFound, "job/unknown") { _ = try await workspace.job("nosuch") }
/// ```
package func expectRefusal(
    _ code: StudioError.Code,
    _ name: String,
    placeholders: [String: String] = [:],
    fileID: String = #fileID,
    file: String = #filePath,
    sourceLocation: Testing.SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let error = await error(of: body)
    #expect((error as? StudioError)?.code == code, sourceLocation: sourceLocation)
    let text = error.map { "\($0)" }
    expectMessage(text, name, placeholders: placeholders, fileID: fileID, file: file, sourceLocation: sourceLocation)
}

/// Expects that the body is refused for what is wrong with these fields and no others, in the words of the golden.
package func expectRefusal(
    of fields: [String],
    _ name: String,
    placeholders: [String: String] = [:],
    fileID: String = #fileID,
    file: String = #filePath,
    sourceLocation: Testing.SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let error = await error(of: body)
    #expect((error as? ValidationError)?.problems.map(\.field) == fields, sourceLocation: sourceLocation)
    let text = error.map { "\($0)" }
    expectMessage(text, name, placeholders: placeholders, fileID: fileID, file: file, sourceLocation: sourceLocation)
}

/// The error that the body throws, if any.
private func error(of body: () async throws -> Void) async -> (any Error)? {
    do {
        try await body()
        return nil
    } catch {
        return error
    }
}
