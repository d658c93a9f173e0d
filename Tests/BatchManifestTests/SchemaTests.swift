import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

/// `Tests/RuntimeTests/test_schemas.py` validates the files of the repository with these goldens.
struct SchemaTests {
    @Test(arguments: ManifestKind.allCases)
    func `The schema of a kind is what its reader asks for`(kind: ManifestKind) throws {
        expectGolden(try kind.schema().json, "schemas/\(kind).schema.json")
    }

    @Test(arguments: ManifestKind.allCases)
    func `Every key that an editor offers has its help`(kind: ManifestKind) throws {
        func check(_ schema: ManifestValue, _ path: String) {
            for entry in schema["properties"]?.entries ?? [] {
                let place = "\(path).\(entry.key)"
                #expect(entry.value["description"] != nil || entry.value["const"] != nil, "\(place)")
                check(entry.value, place)
            }
            for part in ["then", "else", "additionalProperties"] { schema[part].map { check($0, path) } }
            for part in schema["anyOf"]?.elements ?? [] { check(part, path) }
        }
        check(try kind.schema(), kind.rawValue)
    }

    @Test(
        arguments: [
            (NameRule.endpoint, ["wine-batch", "a", "9-wine", "wine-", "wine_batch", ""]),
            (.model, ["wine.v2", "-wine", "wine batch", "9", ""]), (.version, ["1", "v-1", ".1"]),
        ]
    )
    func `A name's pattern is its rule`(rule: NameRule, names: [String]) throws {
        let pattern = try Regex(rule.pattern)
        for name in names {
            let fits = rule.lengths.contains(name.count) && name.wholeMatch(of: pattern) != nil
            #expect(fits == rule.problems(in: name).isEmpty, "\(name)")
        }
    }
}
