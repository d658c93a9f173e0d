import Foundation
package import Testing

/// Compares text with the file `Goldens/NAME` beside the test.
///
/// With `RECORD_GOLDENS=1` in the environment the file is rewritten and the test fails all the same, so that no run
/// that records is taken for one that checks. A missing file fails too.
package func expectGolden(
    _ text: String,
    _ name: String,
    beside file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Goldens")
    let golden = folder.appending(path: name)
    let text = text.hasSuffix("\n") ? text : text + "\n"
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
        do {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: golden)
            Issue.record("Goldens/\(name) was recorded; look at it and run again.", sourceLocation: sourceLocation)
        } catch {
            Issue.record("Goldens/\(name) can't be written: \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    guard let data = try? Data(contentsOf: golden) else {
        Issue.record(
            "There is no Goldens/\(name); record it with RECORD_GOLDENS=1.\n\(text)",
            sourceLocation: sourceLocation
        )
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard text != expected else { return }
    Issue.record("Goldens/\(name) differs:\n\(difference(expected, text))", sourceLocation: sourceLocation)
}

/// The lines that only one of the texts has, `-` for the golden's and `+` for the new ones.
private func difference(_ expected: String, _ actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    return new.difference(from: old).map { change in
        switch change {
        case .remove(let offset, let line, _): "- \(offset + 1): \(line)"
        case .insert(let offset, let line, _): "+ \(offset + 1): \(line)"
        }
    }.joined(separator: "\n")
}
