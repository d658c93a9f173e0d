import BatchDomain
import BatchManifest
import TestSupport
import Testing

struct YAMLDocumentTests {
    @Test func `A node knows its line and column`() throws {
        let document = try YAMLDocument(text: "a: 1\nb:\n  c: [x, y]\n", file: "w.yml")
        #expect(
            document.root["b"]?["c"]?.elements?.last?.location == SourceLocation(file: "w.yml", line: 3, column: 10)
        )
    }

    @Test(arguments: ["", "\n", "# nothing\n", "---\n", "~"])
    func `A file without a value is null`(text: String) throws {
        #expect(try YAMLDocument(text: text, file: "w.yml").root.isNull)
    }

    @Test(arguments: ["null", "~", "Null", ""])
    func `A plain null is nothing, a quoted one is text`(word: String) throws {
        let document = try YAMLDocument(text: "a: \(word)\nb: '\(word)'\n", file: "w.yml")
        #expect(document.root["a"]?.isNull == true)
        #expect(document.root["b"]?.text == word)
    }

    @Test(arguments: [
        ("colon", 1, "a: b: c\n"), ("tab", 2, "a:\n\tb: 1\n"), ("quote", 3, "a: 'open\nb: 1\n"),
        ("list", 2, "a: [1, 2\nb: 3\n"), ("mapping", 2, "a: {b: 1\n"), ("indent", 2, "a: 1\n b: 2\n"),
        ("at", 1, "a: @b\n"), ("alias", 1, "a: *b\n"), ("second-document", 2, "a: 1\n---\nb: 2\n"),
        ("key", 1, "? [a, b]\n: 1\n"),
    ])
    func `Broken YAML is told with its line and cause`(name: String, line: Int, text: String) throws {
        let problem = try #require(problems { try YAMLDocument(text: text, file: "w.yml") }.first)
        #expect(problem.location?.line == line)
        expectMessage(problem, "yaml/\(name)")
    }

    @Test func `A key that is given twice is shown where it is given again`() {
        let text = "name: a\r\ncompute: x\r\nname: b\r\n"
        let found = problems { try YAMLDocument(text: text, file: "w.yml") }
        #expect(found.map(\.location) == [SourceLocation(file: "w.yml", line: 3, column: 1)])
        expectMessage(found.first, "yaml/key-twice")
    }

    @Test func `Aliases and merge keys stand for what they name`() throws {
        let text = "base: &b {x: 1, y: 2}\nuse: *b\nmerged:\n  <<: *b\n  y: 3\n"
        let root = try YAMLDocument(text: text, file: "w.yml").root
        #expect(root["use"]?["x"]?.text == "1")
        #expect(root["merged"]?.entries?.map(\.key) == ["y", "x"])
        #expect(root["merged"]?["y"]?.text == "3")
    }

    @Test func `A text of many ampersands and stars is no alias bomb`() throws {
        let text = "a: \"R&D \(String(repeating: "*bold* 2*x *", count: 50))\"\n"
        #expect(try YAMLDocument(text: text, file: "w.yml").root["a"] != nil)
    }

    @Test func `An alias bomb is refused with its reason`() throws {
        let text = bomb(levels: 9, width: 9)
        let problem = try #require(problems { try YAMLDocument(text: text, file: "w.yml") }.first)
        expectMessage(problem, "yaml/alias-bomb")
    }

    @Test(.timeLimit(.minutes(1)))
    func `A bomb with few aliases is refused with its reason`() throws {
        let text = bomb(levels: 7, width: 3).replacing("lol", with: String(repeating: "x,", count: 1_000))
        let problem = try #require(problems { try YAMLDocument(text: text, file: "w.yml") }.first)
        expectMessage(problem, "yaml/long-alias-bomb")
    }

    @Test(.timeLimit(.minutes(1)))
    func `A bomb in a key is refused before it goes off`() {
        let text = bomb(levels: 30, width: 2) + "? *a30\n: 1\n"
        #expect(!problems { try YAMLDocument(text: text, file: "w.yml") }.isEmpty)
    }

    @Test(.timeLimit(.minutes(1)))
    func `A large text with few aliases in a key is refused before it goes off`() {
        let large = String(repeating: "x,", count: 500_000)
        let text = bomb(levels: 6, width: 3).replacing("lol", with: large) + "? *a6\n: 1\n"
        #expect(!problems { try YAMLDocument(text: text, file: "w.yml") }.isEmpty)
    }

    @Test(arguments: [100, 900, 100_000])
    func `Nesting without end is refused`(depth: Int) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(!problems { try YAMLDocument(text: text, file: "w.yml") }.isEmpty)
    }

    @Test func `Text of many megabytes is refused`() throws {
        let text = "a: " + String(repeating: "x", count: 5 << 20)
        let problem = try #require(problems { try YAMLDocument(text: text, file: "w.yml") }.first)
        expectMessage(problem, "yaml/large")
    }

    @Test func `A missing file is told with the folder that was searched`() {
        #expect(throws: StudioError.self) { try YAMLDocument(readingFile: Fixture.folder + "/absent.yml") }
    }

    @Test func `A folder is no file`() {
        let error = #expect(throws: StudioError.self) { try YAMLDocument(readingFile: Fixture.folder) }
        #expect(error?.code == .file)
        expectMessage(error.map { Fixture.tidy($0.description) }, "yaml/folder")
    }

    private func bomb(levels: Int, width: Int) -> String {
        var text = "a0: &a0 [lol]\n"
        for level in 1...levels {
            let aliases = Array(repeating: "*a\(level - 1)", count: width).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        return text
    }
}
