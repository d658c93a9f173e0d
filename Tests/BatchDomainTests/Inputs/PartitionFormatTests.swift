import BatchDomain
import Foundation
import TestSupport
import Testing

/// The examples that the tests of the runtime's `path_columns.py` read too: what one side takes, the other reads.
struct PartitionFormatTests {
    private struct Examples: Decodable {
        struct Taken: Decodable { var format: String }

        var taken: [Taken]
        var refused: [String]
    }

    private static func examples() throws -> Examples {
        let file = Repository.folder + "/Tests/RuntimeTests/partition_formats.json"
        return try JSONDecoder().decode(Examples.self, from: Data(contentsOf: URL(filePath: file)))
    }

    @Test func `Formats that the runtime reads are taken`() throws {
        let formats = try Self.examples().taken.map(\.format)
        #expect(!formats.isEmpty)
        for format in formats {
            var options = ReadOptions()
            #expect(throws: Never.self, "\(format)") { try options.set(.partitionFormat, to: .text(format)) }
        }
    }

    @Test func `Formats of which a part would be read as text or guessed are refused`() throws {
        let formats = try Self.examples().refused
        #expect(!formats.isEmpty)
        for format in formats {
            var options = ReadOptions()
            #expect(throws: ValidationError.self, "\(format)") { try options.set(.partitionFormat, to: .text(format)) }
        }
    }
}
