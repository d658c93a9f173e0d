import BatchDomain
import Testing

struct ShellWordsTests {
    /// As Python's `shlex.split` splits them.
    @Test(
        arguments: [
            ("./publish.sh --to prod", ["./publish.sh", "--to", "prod"]),
            ("echo 'a b' \"c d\"", ["echo", "a b", "c d"]),
            (#"a\ b 'it'\''s' "x\"y" "\n""#, ["a b", "it's", #"x"y"#, #"\n"#]),
            ("  a   '' \"\" b ", ["a", "", "", "b"]),
            ("x=$HOME | rm * ; ls > f", ["x=$HOME", "|", "rm", "*", ";", "ls", ">", "f"]),
            ("a'b'c", ["abc"]),
        ]
    )
    func `A command is split as a shell does it, and nothing else is done`(_ text: String, _ words: [String]) throws {
        #expect(try ShellWords.split(text, field: "command") == words)
        #expect(try ShellWords.split(ShellWords.joined(words), field: "command") == words)
    }

    @Test(arguments: ["", "  ", "'a", "\"a", "a\\", "'' x"])
    func `A quote without an end and a command without a program are refused`(_ text: String) {
        #expect(throws: Problem.self) { try ShellWords.split(text, field: "command") }
    }
}
