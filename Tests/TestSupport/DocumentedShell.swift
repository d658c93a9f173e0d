import Foundation

/// The shell blocks of a page of the documentation.
package enum DocumentedShell {
    /// The blocks that name no other language, in their order, of the page at a path in the repository.
    package static func blocks(of page: String) throws -> [String] {
        var blocks: [String] = []
        // The lines of the open block; the language of one that is no shell's.
        var open: (language: String, lines: String)?
        for line in try String(contentsOfFile: Repository.folder + "/" + page, encoding: .utf8).components(
            separatedBy: "\n"
        ) {
            if !line.hasPrefix("```") {
                open?.lines += line + "\n"
            } else if let block = open {
                if ["", "sh"].contains(block.language) { blocks.append(block.lines) }
                open = nil
            } else {
                open = (String(line.dropFirst(3)), "")
            }
        }
        return blocks
    }
}
