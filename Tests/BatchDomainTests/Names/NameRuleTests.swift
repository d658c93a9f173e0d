import BatchDomain
import TestSupport
import Testing

struct NameRuleTests {
    @Test(arguments: ["abc", "wine-batch", "Wine2", "a1b", "a--b", String(repeating: "a", count: 32)])
    func `An endpoint's name may be`(name: String) {
        #expect(NameRule.endpoint.problems(in: name).isEmpty)
    }

    @Test(arguments: [
        ("ab", 1), ("", 2), (String(repeating: "a", count: 33), 1), ("1abc", 1), ("-abc", 1), ("abc-", 1), ("a_c", 1),
        ("a.c", 1), ("a c", 1), ("wéin", 1), ("ab\n", 1), ("a/b", 1), ("9", 2),
    ])
    func `An endpoint's name may not be`(name: String, problems: Int) {
        #expect(NameRule.endpoint.problems(in: name).count == problems)
    }

    @Test(arguments: ["w", "1", "wine_1.2-b", "2024", String(repeating: "a", count: 255)])
    func `A model's name may be`(name: String) {
        #expect(NameRule.model.problems(in: name).isEmpty)
    }

    @Test(arguments: ["", "_a", ".a", "-a", "a/b", "a:b", "a@b", "..", "a b", "é", String(repeating: "a", count: 256)])
    func `A model's name may not be`(name: String) {
        #expect(!NameRule.model.problems(in: name).isEmpty)
    }

    @Test(arguments: [("cpu", true), ("c1", true), ("c", false), (String(repeating: "c", count: 25), false)])
    func `A compute target's name has its own lengths`(name: String, isFine: Bool) {
        #expect(NameRule.compute.problems(in: name).isEmpty == isFine)
    }

    @Test func `The message of a length is Azure's`() {
        let problems = NameRule.deployment.problems(in: "a")
        #expect(problems.count == 1)
        expectMessage(problems.first?.rule, "name/length")
    }

    @Test(arguments: [
        NameRule.endpoint, .deployment, .compute, .model, .data, .environment, .datastore, .job, .version,
    ])
    func `Every rule accepts its own example`(rule: NameRule) {
        #expect(rule.problems(in: rule.example).isEmpty)
    }

    @Test func `A problem names its field`() {
        #expect(NameRule.endpoint.problems(in: "1ab", field: "endpoint_name").map(\.field) == ["endpoint_name"])
    }
}

struct DisplayNameTests {
    @Test func `A display name has two words and eight signs`() {
        var generator = SystemRandomNumberGenerator()
        let parts = DisplayName.random(using: &generator).split(separator: "_")
        #expect(parts.count == 3)
        #expect(parts.last?.count == 8)
    }

    @Test func `A display name may be a job's name`() {
        var generator = SystemRandomNumberGenerator()
        #expect(NameRule.job.problems(in: DisplayName.random(using: &generator)).isEmpty)
    }
}
