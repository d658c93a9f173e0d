import BatchDomain
import Testing

struct PathPatternTests {
    @Test(arguments: [
        ("a.csv", "a.csv", true), ("a.csv", "b.csv", false), ("*.csv", "a.csv", true), ("*.csv", "d/a.csv", false),
        ("*", "", false), ("*.csv", "a.csv.gz", false), ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false),
        ("?.csv", "é.csv", true), ("?.csv", "ab.csv", false), ("d/*.csv", "d/a.csv", true),
        ("**/*.csv", "a.csv", true), ("**/*.csv", "x/y/a.csv", true), ("**/*.csv", "x/a.txt", false),
        ("x/**", "x/y/a.csv", true), ("x/**", "x/a", true), ("x/**", "x", false), ("x/**", "y/a", false),
        ("**", "a", true), ("**", "x/y/z", true), ("x/**/z/*.csv", "x/z/a.csv", true),
        ("x/**/z/*.csv", "x/1/2/z/a.csv", true), ("x/**/z/*.csv", "x/1/a.csv", false), ("a**b", "axb", true),
        ("a**b", "a/b", false), ("[abc].csv", "b.csv", true), ("[abc].csv", "d.csv", false),
        ("[a-c]1", "c1", true), ("[a-c]1", "d1", false), ("[!a-c]1", "d1", true), ("[!a-c]1", "a1", false),
        ("[^a]", "b", true), ("[]x]", "]", true), ("[]x]", "x", true), ("[", "[", true), ("[ab", "[ab", true),
        ("[a-]", "-", true), ("[z-a]", "m", false), ("[a-z]*.csv", "zoo.csv", true),
        ("year=20*/*", "year=2024/a", true),
        ("a[*]b", "a*b", true), ("a[*]b", "axb", false), ("*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
    func `A pattern matches the paths that it names`(pattern: String, path: String, isMatch: Bool) {
        #expect(PathPattern(pattern).matches(path) == isMatch)
    }

    @Test(arguments: [
        ("d/*.csv", "d", true), ("d/*.csv", "e", false), ("d/*.csv", "d/e", false), ("**/*.csv", "x/y", true),
        ("x/**", "x", true), ("x/**", "x/y", true), ("x/**", "y", false), ("*.csv", "d", false),
        ("y=*/m=*/*.csv", "y=1", true), ("y=*/m=*/*.csv", "y=1/m=2", true), ("y=*/m=*/*.csv", "y=1/n=2", false),
    ])
    func `A folder is entered that can hold a match`(pattern: String, folder: String, isPossible: Bool) {
        #expect(PathPattern(pattern).mayMatch(below: folder) == isPossible)
    }

    @Test(arguments: ["a*b?c[d]", "plain.csv", "[", "**"])
    func `An escaped text matches itself alone`(text: String) {
        let pattern = PathPattern(PathPattern.escaped(text))
        #expect(pattern.matches(text))
        #expect(!pattern.matches(text + "x"))
        #expect(!pattern.matches("other"))
    }

    @Test func `Many wildcards take no exponential time`() {
        let folders = PathPattern(String(repeating: "**/a/", count: 30) + "b")
        let path = String(repeating: "a/", count: 2_000)
        #expect(!folders.matches(path + "c"))
        #expect(folders.matches(path + "b"))
        #expect(PathPattern(String(repeating: "**/", count: 1_000) + "*.csv").matches("x/y.csv"))
        #expect(PathPattern("x/**/**").matches("x/a") && !PathPattern("x/**/**").matches("x"))
        #expect(
            !PathPattern("[ab]" + String(repeating: "*a", count: 1_000) + "b").matches(
                String(repeating: "a", count: 3_000)
            )
        )
    }

    @Test(arguments: [
        ("!b.csv", "!b.csv"), ("d/!b.csv", "d/!b.csv"), ("a[*]b[[]c", "a*b[c"), ("_x/.y", "_x/.y"), ("*.csv", nil),
        ("d/**", nil), ("a?", nil), ("[ab]", nil), ("[!a]", nil),
    ])
    func `A pattern without wildcards names one path`(pattern: String, path: String?) {
        #expect(PathPattern(pattern).onlyPath == path)
    }

    @Test func `A name that begins with an exclamation mark leaves nothing out`() {
        let stored = PathPatterns.stored(wanted: ["!b.csv", "!d/*.csv", "*.txt"], unwanted: ["!c.txt", "a.txt"])
        let patterns = PathPatterns(stored)
        #expect(patterns.matches("!b.csv") && patterns.matches("!d/x.csv") && patterns.matches("b.txt"))
        #expect(!patterns.matches("b.csv") && !patterns.matches("!c.txt") && !patterns.matches("a.txt"))
        #expect(patterns.named == ["!b.csv"])
        #expect(PathPatterns(PathPatterns.stored(wanted: ["a.csv"], unwanted: ["a.csv"])).named == [])
    }

    @Test func `Of several patterns one must match, and none that is excluded`() {
        let patterns = PathPatterns(["*.csv", "d/**", "!d/MLTable"])
        #expect(patterns.matches("a.csv") && patterns.matches("d/x/b.txt"))
        #expect(!patterns.matches("d/MLTable") && !patterns.matches("b.txt"))
        #expect(patterns.mayMatch(below: "d/x") && !patterns.mayMatch(below: "e"))
        #expect(!PathPatterns([]).matches("a"))
    }
}
