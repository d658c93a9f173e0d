import BatchDomain
import BatchManifest
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
            ("[].{Name: name, Files: counts.files}[0]", "[]"),
            ("[0].{\"The name\": name}", "{The name: a}"),
            ("[0].[name, status]", "[a, Completed]"),
            ("[0].\"my-key\"", "1"),
            ("[].nothing", "[]"),
            ("name", "null"),
            ("[0].counts", "{files: 3}"),
        ]
    )
    func `finds what JMESPath finds`(query: String, found: String) throws {
        #expect(try QueryParser.parse(query).evaluate(Self.jobs).inline == found)
    }

    @Test(
        arguments: [
            "", ".", "a.", "[", "[0", "[0:2]", "length(@)", "[?contains(name, 'a')]", "[?a]", "a b", "a[b]", "{a}",
            "[?a=='b",
            "sort_by(@, &name)", "@", "a | ", "{a: b",
        ]
    )
    func `refuses what it does not know, saying what it knows`(query: String) {
        let problem = #expect(throws: Problem.self) { try QueryParser.parse(query) }
        #expect(problem?.rule.contains("[?a=='b']") == true)
    }
}
