import Foundation

/// The shell blocks of the documentation: those of the language `sh`.
///
/// One that no test can run has a line `<!-- not run by tests: REASON -->` before it.
package enum DocumentedShell {
    /// A block of a page.
    package struct Block: Sendable {
        /// Its lines.
        package var text = ""
        /// The reason why no test runs it; nil for one that is run.
        package let obstacle: String?
    }

    /// The paths of all pages in the repository.
    package static let pages =
        ["README.md"]
        + ((try? FileManager.default.contentsOfDirectory(atPath: Repository.folder + "/docs")) ?? [])
        .filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }.sorted()

    /// The shell blocks, in their order, of the page at a path in the repository.
    package static func blocks(of page: String) throws -> [Block] {
        var blocks: [Block] = []
        // The open block, which is no shell's without a value.
        var open: Block??
        var lastLine = ""
        for line in try text(of: page).components(separatedBy: "\n") {
            if !line.hasPrefix("```") {
                if case .some(.some(var block)) = open {
                    block.text += line + "\n"
                    open = block
                }
            } else if let block = open {
                blocks += [block].compactMap { $0 }
                open = nil
            } else {
                let mark = lastLine.wholeMatch(of: /<!-- not run by tests: (.+) -->/)
                open = .some(line == "```sh" ? Block(obstacle: mark.map { String($0.1) }) : nil)
            }
            lastLine = line
        }
        return blocks
    }

    /// The first block of a language in a page.
    package static func block(of language: String, in page: String) throws -> String {
        let parts = try text(of: page).components(separatedBy: "```\(language)\n").dropFirst()
        return parts.first?.components(separatedBy: "```").first ?? ""
    }

    private static func text(of page: String) throws -> String {
        try String(contentsOfFile: Repository.folder + "/" + page, encoding: .utf8)
    }
}
