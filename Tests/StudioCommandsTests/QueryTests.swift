import BatchDomain
import BatchManifest
import TestSupport
import Testing

@testable import StudioCommands

struct QueryTests {
    private static let jobs: ManifestValue = [
        ["name": "a", "status": "Completed", "counts": ["files": 3], "tags": ["p", "q"], "my-key": 1],
        ["name": "b", "status": "Failed", "counts": ["files": 5], "tags": ["r"]],
        ["name": "c", "status": "Completed", "counts": ["files": nil], "tags": []],
    ]

    @Test(
        arguments: [
            ("[].name", "[a, b, c]"),
            ("[0].name", "a"),
            ("[-1].name", "c"),
            ("[9].name", "null"),
            ("[*].name", "[a, b, c]"),
            ("[].counts.files", "[3, 5]"),
            ("[?status=='Completed'].name", "[a, c]"),
            ("[?status!='Completed'].name", "[b]"),
            ("[?'Failed'==status].name", "[b]"),
            ("[?counts.files==`5`].name", "[b]"),
            ("[?counts.files==5].name", "[b]"),
            ("[?counts.files==`null`].name", "[c]"),
            ("[?status=='Completed'] | [0].name", "a"),
            ("[].tags[]", "[p, q, r]"),
            ("[*].tags[0]", "[p, r]"),
            ("[].{Name:name}", "[{Name: a}, {Name: b}, {Name: c}]"),
            ("[].{Name: name, Files: counts.files}[0]", "{Name: a, Files: 3}"),
            ("[0].{\"The name\": name}", "{The name: a}"),
            ("[0].[name, status]", "[a, Completed]"),
            ("[0].\"my-key\"", "1"),
            ("[].nothing", "[]"),
            ("name", "null"),
            ("[0].counts", "{files: 3}"),
            ("length(@)", "3"),
            ("length([?status=='Completed'])", "2"),
            ("[?status=='Completed'].name | [0]", "a"),
            ("[?counts.files>`3`].name", "[b]"),
            ("[?counts.files<=3].name", "[a]"),
            ("[?counts.files < 9 && status != 'Failed'].name", "[a]"),
            ("[?name=='c' || counts.files==5].name", "[b, c]"),
            ("[?!(counts.files)].name", "[c]"),
            ("[?(name=='a' || name=='b') && status=='Failed'].name", "[b]"),
            ("[?tags].name", "[a, b]"),
            ("[?contains(tags, 'q')].name", "[a]"),
            ("[?contains(status, 'ail')].name", "[b]"),
            ("[?starts_with(status, 'Com')] | [-1].name", "c"),
            ("[?ends_with(status, 'ed')] | length(@)", "3"),
            ("sort_by(@, &status)[].name", "[a, c, b]"),
            ("sort_by([:2], &counts.files)[-1].name", "b"),
            ("to_string(sum([:2].counts.files))", "'8'"),
            ("reverse(@)[0].name", "c"),
            ("reverse(sort([].name))", "[c, b, a]"),
            ("max_by(@, &name).name", "c"),
            ("min_by([?counts.files], &counts.files).name", "a"),
            ("join('-', [].name)", "a-b-c"),
            ("keys([0].counts)", "[files]"),
            ("[0:2].name", "[a, b]"),
            ("[-1:].name", "[c]"),
            ("[:9] | length(@)", "3"),
            ("[1:1]", "[]"),
            ("@[0].name", "a"),
        ]
    )
    func `finds what JMESPath finds`(query: String, found: String) throws {
        #expect(try QueryParser.parse(query).evaluate(Self.jobs).inline == found)
    }

    @Test(
        arguments: [
            "", "name b", "a.", "a.#", "[?status=='Failed", "[0", "{a: b", "{a}", "[?a & b]", "&a", "\"length\"(@)",
            "[::0]", "[].name | lenght(@)", "length()", "[] | length(a, b)", "merge()",
            String(repeating: "!", count: 65) + "a", String(repeating: "[]", count: 66),
            String(repeating: "a", count: 4097),
        ]
    )
    func `refuses a mistake with its column before anything is done`(query: String) {
        let problem = #expect(throws: Problem.self) { try QueryParser.parse(query) }
        #expect(problem?.field == "--query")
        expectMessage(problem?.rule, "query/\(query.prefix(24))")
    }

    @Test(
        arguments: [
            "[].length(counts)", "sum([].name)", "join(',', @)", "[] | sort_by(@, &counts.files)", "map(name, @)",
            "length(&name)",
        ]
    )
    func `refuses a function's argument of another type with the call's column`(text: String) throws {
        let query = try QueryParser.parse(text)
        let jobs = ManifestValue.list((Self.jobs.elements ?? []) + [["name": "d"]])
        let problem = #expect(throws: Problem.self) { try query.evaluate(jobs) }
        #expect(problem?.field == "--query")
        expectMessage(problem?.rule, "query/\(text)")
    }

    /// Operators that make a flat list of their operands may be as many as the length allows.
    @Test(arguments: ["||", "&&", "|", "."])
    func `takes long rows of operators`(sign: String) throws {
        let query = try QueryParser.parse("a" + String(repeating: sign + "a", count: 4095 / (sign.utf8.count + 1)))
        #expect(try query.evaluate([:]) == .null)
    }

    @Test func `needs no backquotes for a number behind a comparison`() throws {
        #expect(try QueryParser.parse("[?counts.files==-3]").evaluate([["counts": ["files": -3]]]).elements?.count == 1)
        #expect(throws: Problem.self) { try QueryParser.parse("3") }
    }
}
