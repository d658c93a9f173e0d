import Foundation

/// Writes the Python files and lists of requirements of a folder as Swift source: `EmbedFolder FOLDER OUTPUT`.
#if !FUZZ
@main
#endif
struct EmbedFolder {
    static func main() throws {
        guard CommandLine.arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: EmbedFolder FOLDER OUTPUT\n".utf8))
            exit(2)
        }
        let folder = CommandLine.arguments[1]
        let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".py") || $0.hasSuffix(".txt") }
            .sorted()
        var source = """
            /// The files of the Python runtime, generated from the folder of the same name when the package is built.
            enum EmbeddedRuntime {
                static let files: [(name: String, text: String)] = [

            """
        for name in names {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            // More marks than any run in the text, so that nothing in it ends the literal or is taken for an escape.
            var marks = "#"
            while text.contains("\"" + marks) || text.contains("\\" + marks) { marks += "#" }
            source += "(\"\(name)\", \(marks)\"\"\"\n\(text)\n\"\"\"\(marks)),\n"
        }
        source += "    ]\n}\n"
        try source.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
    }
}
