import Foundation
import TerminalKit
import TerminalTestSupport
import Testing

/// Compares a canvas with its golden file: glyphs, styles and cursor.
///
/// `RECORD_GOLDENS=1 swift test` writes the files again, and fails, so that a recording run never passes for a test.
func expectGolden(
    _ canvas: Canvas,
    _ name: String,
    file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")
    let golden = folder.appending(path: name + ".txt")
    let shown = canvas.styledText
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try shown.write(to: golden, atomically: true, encoding: .utf8)
        Issue.record("recorded \(name); look at it and commit it", sourceLocation: sourceLocation)
        return
    }
    guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
        Issue.record("there is no golden file \(name); record it", sourceLocation: sourceLocation)
        return
    }
    guard shown != expected else { return }
    let changes = shown.split(separator: "\n", omittingEmptySubsequences: false)
        .difference(from: expected.split(separator: "\n", omittingEmptySubsequences: false))
        .map { change in
            switch change {
            case .insert(let line, let text, _): "\(line + 1) + \(text)"
            case .remove(let line, let text, _): "\(line + 1) - \(text)"
            }
        }
    Issue.record("\(name) is another one:\n\(changes.joined(separator: "\n"))", sourceLocation: sourceLocation)
}
