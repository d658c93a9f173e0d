import BatchDomain
import BatchManifest
import Foundation
import Testing

/// A file under `Fixtures`.
struct Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path
    let path: String

    init(_ name: String) {
        path = Self.folder + "/" + name
    }

    var text: String {
        get throws { try String(contentsOf: URL(filePath: path), encoding: .utf8) }
    }

    var document: YAMLDocument {
        get throws { try YAMLDocument(readingFile: path) }
    }

    /// Text without the place of this checkout.
    static func tidy(_ text: String) -> String { text.replacing(folder, with: "FIXTURES") }
}

/// The problems that reading reports; none is a failure of the test.
func problems(
    sourceLocation: Testing.SourceLocation = #_sourceLocation,
    of read: () throws -> some Any
) -> [Problem] {
    do {
        let value = try read()
        Issue.record("expected problems, got \(value)", sourceLocation: sourceLocation)
    } catch let error as ValidationError {
        return error.problems
    } catch {
        Issue.record("expected a ValidationError, got \(error)", sourceLocation: sourceLocation)
    }
    return []
}

/// A moment for values that have one: 2026-11-22T13:58:01Z.
let someDate = Date(timeIntervalSince1970: 1_795_355_881)
