import BatchDomain
import Foundation
import Testing

@testable import StudioUI

struct `What the studio says` {
    /// Lines of a golden that show a command to copy; only these name one.
    private static func isToCopy(_ line: String) -> Bool {
        let parts = [
            "batchstudio batch-", "batchstudio job stream", "cat >", "  --", "--name", "--input", "--set",
            "--deployment", "batchstudio schedule create",
        ]
        return parts.contains { line.contains($0) }
    }

    @Test func `names no command and no flag but those to copy`() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var walked = 0
        for folder in ["Pages/Goldens", "Wizards/Goldens"] {
            let goldens = try FileManager.default.contentsOfDirectory(
                at: tests.appendingPathComponent(folder),
                includingPropertiesForKeys: nil
            )
            for golden in goldens where golden.pathExtension == "txt" {
                walked += 1
                let text = try String(contentsOf: golden, encoding: .utf8)
                for line in text.split(separator: "\n").map(String.init)
                where !Self.isToCopy(line) && !line.hasPrefix(" batchstudio  ") {
                    #expect(!line.namesCommand, "\(golden.lastPathComponent): \(line)")
                }
            }
        }
        #expect(walked > 100)
    }

    /// The sentences of all floors, as their tests record them.
    @Test(arguments: ["BatchDomain", "BatchWorkspace", "BatchExecutor", "BatchWorkers", "StudioCore"])
    func `has none in the sentences of the floors below`(floor: String) throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = tests.appendingPathComponent("\(floor)Tests/Goldens/messages.txt")
        let paragraphs = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n\n")
        #expect(paragraphs.count > 3)
        for text in paragraphs {
            let shown = text.withoutCommands
            // A text that is one sentence with a command in it stays: there is nothing else to say.
            #expect(!shown.namesCommand || shown == text, "\(shown)")
        }
    }

    @Test func `calls fields by their labels`() {
        let labels = [
            "endpoint_name": "Endpoint name", "settings.mini_batch_size": Setting.miniBatchSize.title,
            "environment_variables.A": "\(Setting.environmentVariables.title) A", "input": "Input",
            "code_configuration.code": "Code folder",
        ]
        for (field, label) in labels { #expect(FieldLabel.label(of: field) == label) }
    }

    @Test func `repeats of a long value its beginning and its end, so that the rule stays in sight`() {
        let problem = Problem(field: "name", value: String(repeating: "a", count: 500) + "end", rule: "is too long")
        #expect(problem.studioText.count < 100)
        #expect(problem.studioText.hasSuffix("end': it is too long."))
    }
}
