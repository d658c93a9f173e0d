import Foundation
import Testing

@testable import BatchManifest

/// A slice of what `make fuzz` does for ten minutes a reader, the same every time.
struct FuzzTests {
    private static let findings = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Findings")

    @Test(arguments: FuzzTarget.allCases) func `A reader bears whatever it is given`(target: FuzzTarget) throws {
        var inputs = InputGenerator(target, seed: 20_261_122)
        for _ in 0..<300 {
            let input = inputs.next()
            #expect(throws: Never.self, "\(String(decoding: input, as: UTF8.self).debugDescription)") {
                try target.run(input)
            }
        }
    }

    @Test(arguments: FuzzTarget.allCases) func `A finding stays fixed`(target: FuzzTarget) throws {
        let folder = Self.findings.appending(path: target.rawValue)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names {
            let input = [UInt8](try Data(contentsOf: folder.appending(path: name)))
            #expect(throws: Never.self, "Findings/\(target)/\(name)") { try target.run(input) }
        }
    }

    @Test func `Seeds of tables and read options are taken`() {
        for seed in FuzzTarget.mltable.seeds {
            #expect(throws: Never.self, "\(seed)") { try MLTableManifest.read(text: seed, file: "/MLTable") }
        }
        for seed in FuzzTarget.readOptions.seeds { #expect(!FuzzTarget.options(in: seed).isEmpty, "\(seed)") }
    }
}
