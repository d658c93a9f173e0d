import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

@testable import StudioCommands

/// Queries against the jmespath package, which answers the same expressions on the same documents for `az`.
struct QueryDifferentialTests {
    /// A case with what the package finds.
    private struct Case: Decodable {
        var document: String
        var expression: String
        /// The result as JSON.
        var result: String?
        /// The package's refusal.
        var error: String?
        /// Python's error where the package gives way: then there is no result to compare with.
        var crash: String?
    }

    private static let folder = Repository.folder + "/Tests/StudioCommandsTests/JMESPath"

    @Test func `finds and refuses what the jmespath package does in cases for each part of the grammar`() throws {
        let cases = try Self.cases("cases", Self.folder + "/cases.txt")
        #expect(cases.count > 800)
        for aCase in cases { try Self.compare(aCase) }
    }

    @Test func `finds what the jmespath package does in random documents`() throws {
        let seed = Int(ProcessInfo.processInfo.environment["QUERY_SEED"] ?? "") ?? Int.random(in: 0..<1_000_000)
        let count = Int(ProcessInfo.processInfo.environment["QUERY_COUNT"] ?? "") ?? 3000
        print("Random queries: QUERY_SEED=\(seed)")
        let cases = try Self.cases("random", String(seed), String(count))
        #expect(cases.count == count)
        for aCase in cases { try Self.compare(aCase, "QUERY_SEED=\(seed)") }
    }

    private static func cases(_ arguments: String...) throws -> [Case] {
        let python = try pythonInterpreter(with: ["jmespath==1.1.0"])
        return try runProgram(python, [folder + "/oracle.py"] + arguments).split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Case.self, from: $0) }
    }

    private static func compare(_ aCase: Case, _ seed: String = "") throws {
        let document = try #require(JSONText.value(of: aCase.document), "\(aCase.document)")
        let found = Result { try QueryParser.parse(aCase.expression).evaluate(document) }
        let comment = Comment("\(aCase.expression) on \(aCase.document) \(aCase.error ?? "") \(seed)")
        if let result = aCase.result {
            let expected = try #require(JSONText.value(of: result), "\(result)")
            #expect(throws: Never.self, comment) { try found.get() }
            guard let value = try? found.get() else { return }
            #expect(value.json == expected.json, comment)
        } else if aCase.crash == nil {
            #expect(throws: Problem.self, comment) { try found.get() }
        }
    }
}
