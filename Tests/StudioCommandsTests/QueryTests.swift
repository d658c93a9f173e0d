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
            ("length(@)", "3"),
            ("length([?status=='Completed'])", "2"),
            ("[?status=='Completed'].name | [0]", "a"),
            ("[?counts.files>`3`].name", "[b]"),
            ("[?counts.files<=3].name", "[a]"),
            ("[?counts.files < 9 && status != 'Failed'].name", "[a]"),
            ("[?name=='c' || counts.files==5].name", "[b, c]"),
            ("[?!counts.files].name", "[c]"),
            ("[?(name=='a' || name=='b') && status=='Failed'].name", "[b]"),
            ("[?tags].name", "[a, b]"),
            ("[?contains(tags, 'q')].name", "[a]"),
            ("[?contains(status, 'ail')].name", "[b]"),
            ("[?starts_with(status, 'Com')] | [-1].name", "c"),
            ("[?ends_with(status, 'ed')] | length(@)", "3"),
            ("sort_by(@, &status)[].name", "[a, c, b]"),
            ("sort_by(@, &counts.files)[-1].name", "c"),
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
            "", ".", "a.", "[", "[0", "[0:2:1]", "map(&name, @)", "length()", "length(a, b)", "[?a==]", "a b", "a[b]",
            "{a}",
            "[?a=='b", "sort_by(@, &name", "[?a & b]", "a | ", "{a: b", "to_string(@)", "a || b",
        ]
    )
    func `refuses what it does not know, saying what it knows`(query: String) {
        let problem = #expect(throws: Problem.self) { try QueryParser.parse(query) }
        #expect(problem?.rule.contains("[?a=='b']") == true)
    }

    @Test(
        arguments: [
            ("name b", "at column 6, at 'b'"), ("[].name | map(&x, @)", "at column 11, at 'map(&x, @)'"),
            ("length(a, b)", "at column 1, at 'length(a, b)'"), ("a.", "at its end"), ("a.#", "at column 3, at '#'"),
        ]
    )
    func `says where it stops to understand`(query: String, place: String) {
        let problem = #expect(throws: Problem.self) { try QueryParser.parse(query) }
        #expect(problem?.rule.contains(place) == true, "\(problem?.rule ?? "")")
    }
}
