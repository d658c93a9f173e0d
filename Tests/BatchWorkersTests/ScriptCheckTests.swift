import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkers

/// What is said of scoring scripts before they are deployed, by the Pythons of this machine.
@Suite(.serialized) struct ScriptCheckTests {
    private func refusal(of text: String) async throws -> String? {
        try await withTemporaryFolder { folder -> String? in
            try write(text, to: folder + "/score.py")
            do {
                try await ScriptCheck.check(
                    ScoringCode(folder: folder, script: "score.py"),
                    cache: CacheFolder(variables: ["XDG_CACHE_HOME": folder])
                )
                return nil
            } catch let error as StudioError {
                return error.message
            }
        }
    }

    @Test(arguments: [
        "import missing_module\ndef init(): pass\ndef run(files): return files",
        "from shared import init, run",
        "from shared import *",
        "init = run = print",
        "try:\n    from fast import run\nexcept ImportError:\n    def run(files): pass\nif 1:\n    def init(): pass",
        "class Scorer: pass\ninit, run = Scorer, Scorer",
    ])
    func `A script with both functions is good, whatever it imports`(script: String) async throws {
        #expect(try await refusal(of: script) == nil)
    }

    @Test func `A syntax error is told with line, column and caret`() async throws {
        let message = try #require(try await refusal(of: "def init():\n    pass\ndef run(files)\n    return files\n"))
        #expect(message.contains(" score.py, line 3, column "), "\(message)")
        #expect(message.contains("\n    def run(files)\n                  ^"), "\(message)")
    }

    @Test func `All functions that are missing are named`() async throws {
        expectMessage(try await refusal(of: "print('I am run() in a text')\n"), "script/no-functions")
    }
}
