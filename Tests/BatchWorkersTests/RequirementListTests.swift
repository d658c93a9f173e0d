import Testing

@testable import BatchWorkers

struct RequirementListTests {
    @Test(arguments: [
        ("./wheels/a.whl", "file:///models/my%20model/wheels/a.whl"),
        (
            "a @ ./wheels/a.whl ; python_version > '3'",
            "a @ file:///models/my%20model/wheels/a.whl ; python_version > '3'"
        ),
        ("./code/p[x]", "file:///models/my%20model/code/p[x]"), ("./", "file:///models/my%20model"),
        ("--find-links ./wheels", "--find-links file:///models/my%20model/wheels"),
        ("--find-links https://a.org/w", "--find-links https://a.org/w"),
        ("a==1 --hash=sha256:b", "a==1 --hash=sha256:b"),
        ("a @ https://a.org/a.whl", "a @ https://a.org/a.whl"), ("--no-index", "--no-index"),
    ])
    func `A file of the model gets its address, and other lines stay`(line: String, taken: String) {
        let list = RequirementList([line], in: "/models/my model")
        #expect(list.lines == [taken])
        #expect(list.arguments(without: []).isEmpty)
    }

    @Test(arguments: [
        (["--index-url https://a.org/s"], ["--default-index", "https://a.org/s"]),
        (["--extra-index-url https://a.org/s"], ["--index", "https://a.org/s"]),
        (["--index-url https://pypi.org/simple"], []), (["--extra-index-url https://pypi.org/simple/"], []),
        (
            ["--index-url https://a.org/s", "--extra-index-url https://pypi.org/simple"],
            ["--default-index", "https://a.org/s", "--index", "https://pypi.org/simple"]
        ),
        (["--pre"], ["--prerelease", "allow"]), (["--trusted-host a.org"], ["--allow-insecure-host", "a.org"]),
    ])
    func `Indexes and what uv takes on its command line are options`(lines: [String], arguments: [String]) {
        let list = RequirementList(lines + ["six"], in: nil)
        #expect(list.lines == ["six"])
        #expect(list.arguments(without: []) == arguments)
    }

    @Test func `An extra index that can't be reached is found in what uv says, and left out`() throws {
        let list = RequirementList(
            ["--extra-index-url https://ann:key@pkgs.example/simple", "--extra-index-url https://b.example/simple"],
            in: nil
        )
        let index = try #require(list.extraIndex(in: "Failed to fetch: `https://***@pkgs.example/simple/six/`"))
        #expect(index == "https://ann:key@pkgs.example/simple")
        #expect(list.extraIndex(in: "Failed to fetch: `https://pypi.org/simple/six/`") == nil)
        #expect(list.arguments(without: [index]) == ["--index", "https://b.example/simple"])
    }
}
