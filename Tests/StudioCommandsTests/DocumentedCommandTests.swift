import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import StudioCommands

/// The commands in the shell blocks of the documentation are commands that the parser takes.
struct DocumentedCommandTests {
    /// The command lines of a page, each as its words without the program's name.
    private static func commands(in page: String) throws -> [[String]] {
        try DocumentedShell.blocks(of: page).flatMap { block in
            block.text.replacing(/\\\n\s*/, with: "").split(separator: "\n").flatMap { commands(ofLine: String($0)) }
        }
    }

    private static func commands(ofLine line: String) -> [[String]] {
        // What a shell takes for itself: comments, substitutions, redirections, the end of a command.
        let line = line.replacing(/\s+# .*$/, with: "").replacing("$(", with: " && ").replacing(
            "-o tsv)",
            with: "-o tsv"
        )
        return line.split(separator: " && ").compactMap { command in
            let words = words(of: String(command.split(separator: " > ")[0]))
            let start = words.firstIndex(of: "batchstudio")
            // An option's value, a program's name in a sentence: not at the beginning of a command.
            guard let start, words[..<start].allSatisfy({ $0.contains("=") }) else { return nil }
            return Array(words[(start + 1)...])
        }
    }

    /// The words of a command, as a shell splits them.
    private static func words(of command: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for letter in command {
            switch letter {
            case quote: quote = nil
            case "'" where quote == nil, "\"" where quote == nil: (quote, word) = (letter, word ?? "")
            case " " where quote == nil:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(letter)
            }
        }
        return words + [word].compactMap { $0 }
    }

    @Test func `The pages have commands`() throws {
        #expect(try DocumentedShell.pages.map { try Self.commands(in: $0).count }.reduce(0, +) > 40)
        #expect(try Self.commands(in: "docs/commands.md").contains { $0.first == "job" && $0.contains("$JOB") })
    }

    @Test(arguments: DocumentedShell.pages)
    func `The parser takes every command of a page`(page: String) throws {
        for words in try Self.commands(in: page) where words.first?.hasPrefix("--generate-completion-script") != true {
            #expect(throws: Never.self, "batchstudio \(words.joined(separator: " "))") {
                _ = try BatchStudio.parseAsRoot(try ArgumentSpelling.canonical(words))
            }
        }
    }
}
