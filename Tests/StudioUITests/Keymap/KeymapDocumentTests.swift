import Foundation
import Testing

@testable import StudioUI

struct `The list of keys in the documentation` {
    /// `RECORD_GOLDENS=1` writes it.
    @Test func `is that of the keymap`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let file = root.appending(path: "docs/keys.md")
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
            try Data(KeymapDocument.text().utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == KeymapDocument.text())
    }
}
