import BatchManifest
import TestSupport
import Testing

@testable import StudioCommands

struct OutputTests {
    private static let list = Output(
        list: [
            ["name": "wine", "version": "1", "files": 3, "tags": ["owner": "me"], "note": nil, "isGood": true],
            ["name": "日本 wine", "version": "12", "files": 40, "tags": [:], "note": "a\tb\nc", "isGood": false],
        ],
        columns: [TableColumn("Name", "name"), TableColumn("Owner", "tags.owner"), TableColumn("Files", "files")]
    )

    @Test(arguments: OutputFormat.allCases)
    func `prints a list in every format`(format: OutputFormat) throws {
        expectGolden(try Self.list.rendered(as: format, query: nil), "output/list.\(format)")
    }

    @Test(
        arguments: [
            ("[].name", "wine\n日本 wine\n"),
            ("[0].files", "3\n"),
            ("[0].isGood", "true\n"),
            ("[0].tags", "me\n"),
            ("[].{n: name, f: files, x: note}", "wine\t3\tNone\n日本 wine\t40\ta b c\n"),
            ("[0].[name, version]", "wine\nversion".replacing("version", with: "1") + "\n"),
            ("[].[name, version]", "wine\t1\n日本 wine\t12\n"),
            ("[0].nothing", ""),
        ]
    )
    func `prints values for shell scripts`(query: String, text: String) throws {
        #expect(try Self.list.rendered(as: .tsv, query: try QueryParser.parse(query)) == text)
    }

    @Test func `makes the columns of a table from a query`() throws {
        let query = try QueryParser.parse("[].{Name: name, Version: version}")
        let expected = """
            Name       Version
            ---------  -------
            wine       1
            日本 wine  12

            """
        #expect(try Self.list.rendered(as: .table, query: query) == expected)
    }

    @Test func `takes the simple values of a mapping as a row`() throws {
        let query = try QueryParser.parse("[0]")
        let expected = """
            Name  Version  Files  Note  IsGood
            ----  -------  -----  ----  ------
            wine  1        3            true

            """
        #expect(try Self.list.rendered(as: .table, query: query) == expected)
    }

    @Test func `colours the keys of JSON and YAML`() {
        let value: ManifestValue = ["a": "x: \"y\"", "b": [1], "c\"d": nil]
        let json = ColoredText.json(value.json)
        #expect(json.contains("\u{1B}[34m\"a\"\u{1B}[39m: \"x: \\\"y\\\"\""))
        #expect(json.contains("\u{1B}[34m\"c\\\"d\"\u{1B}[39m: null"))
        #expect(ColoredText.yaml(value.yaml).contains("\u{1B}[34ma\u{1B}[39m: "))
    }

    @Test(
        arguments: [
            ("plain ü 日本\n\t", "plain ü 日本\n\t"),
            ("\u{1B}[2Jgone", "\\u001b[2Jgone"),
            ("a\rb", "a\\u000db"),
            ("\u{9B}31m", "\\u009b31m"),
            ("\u{202E}gnp.exe", "\\u202egnp.exe"),
        ]
    )
    func `makes text of others harmless`(text: String, safe: String) {
        #expect(SafeText.of(text) == safe)
    }
}
