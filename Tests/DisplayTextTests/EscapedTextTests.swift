import DisplayText
import Testing

struct EscapedTextTests {
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
        #expect(text.escapedForTerminal == safe)
    }

    @Test func `One line stays one line`() {
        #expect("a\n\tb\u{2028}\u{1B}".escapedLine == "a\\n\\tb\\u2028\\u001b")
    }
}
