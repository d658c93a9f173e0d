import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

struct ManifestValueTests {
    private let value: ManifestValue = [
        "name": "wine",
        "version": "1",
        "count": 3,
        "share": .double(0.5),
        "isDefault": true,
        "nothing": nil,
        "tags": [:],
        "none": [],
        "list": ["a", ["b", "c"], ["x": 1, "y": ["z": "deep"]], []],
        "text": "two\nlines\n",
        "nested": ["code": "./code", "lines": ["first", "second"]],
    ]

    @Test func `JSON looks as az prints it`() {
        expectGolden(value.json, "value.json")
    }

    @Test func `YAML looks as az prints it`() {
        expectGolden(value.yaml, "value.yaml")
    }

    @Test func `One line holds any value`() {
        let value: ManifestValue = ["a": ["x", "1", 1], "b": ["c, d": nil]]
        #expect(value.inline == "{a: [x, '1', 1], b: {'c, d': null}}")
    }

    @Test(arguments: [
        ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#), ("\u{1B}[31m", #""\u001b[31m""#),
        ("\u{7F}\u{9B}\u{2028}", #""\u007f\u009b\u2028""#), ("Grüße 🍷", "\"Grüße 🍷\""), ("\0", #""\u0000""#),
    ])
    func `JSON escapes what RFC 8259 and terminals ask for`(text: String, json: String) {
        #expect(ManifestValue.string(text).json == json)
    }

    @Test(arguments: awkwardTexts)
    func `JSON of any text is read back the same`(text: String) throws {
        let decoded = try JSONDecoder().decode([String].self, from: Data(ManifestValue.list([.string(text)]).json.utf8))
        #expect(decoded == [text])
    }

    @Test(arguments: awkwardTexts)
    func `YAML of any text is read back the same in every place`(text: String) throws {
        let value: ManifestValue = .mapping([
            .init("value", .string(text)), .init("list", [.string(text), [.string(text)]]),
            .init("mapping", .mapping([.init("key " + text, .string(text))])),
        ])
        for yaml in [value.yaml, value.inline] {
            let root = try YAMLDocument(text: yaml, file: "w.yml").root
            #expect(root["value"]?.text == text, "\(yaml)")
            #expect(root["list"]?.elements?.first?.text == text, "\(yaml)")
            #expect(root["list"]?.elements?.last?.elements?.first?.text == text, "\(yaml)")
            #expect(root["mapping"]?["key " + text]?.text == text, "\(yaml)")
        }
    }

    @Test(arguments: [
        "1", "1.10", "0x1F", "1e3", "12:30", "2026-11-22", "true", "No", "null", "~", ".5", "-1", "+1", "=",
    ])
    func `Text that other readers take for something else is quoted`(text: String) {
        #expect(ManifestValue.string(text).inline == "'\(text)'")
    }

    @Test(arguments: ["wine", "azureml:wine:1", "./code/x.py", "a b", "it's", "python=3.8", "3.9-slim", "*.csv"])
    func `Quotes are used only where they are needed`(text: String) {
        #expect(ManifestValue.string(text).inline == (text == "*.csv" ? "'*.csv'" : text))
    }

    private static let awkwardTexts = [
        "", " ", " a", "a ", "a: b", "a #b", "#", "a:", ":", "- a", "-", "?", "? a", "[a", "]", "{a}", "a, b", "&a",
        "*a",
        "!a", "|", ">", "%a", "@a", "`a`", "'", "''", "'a'", "\"", "a\"b", "\\", "a\\nb", "null", "~", "true", "yes",
        "1",
        "1.0", "0o7", "1_000", "12:30:45", "2026-11-22", ".inf", "<<", "=", "---", "--- a", "...", "a\nb", "a\nb\n",
        "a\n\n\nb\n\n", "\na", "a\n", "a\n\n", " a\nb", "a\n  b\n c", "a\n\tb", "\ta", "a\tb", "a\r\nb", "\r",
        "\u{1B}[0m",
        "\u{85}", "\u{A0}", "\u{2028}", "a\u{FEFF}b", "Grüße", "🍷", "e\u{301}", "a\n# b\n", "a\n---\nb\n", "a\n \n",
        "x\n ",
        "a: \u{301}b", "a'\u{301}b'", " \u{301}a", "a \u{301}# b", "'\u{301}", "- \u{301}", "#\u{301}", "a:\u{301} b",
        "key: value\nother: [1, 2]\n",
    ]
}
