import Glibc
import PtyHarness
import Testing

/// The demo on a real pty; `swift test` has built it.
func openDemo(
    rows: Int = 24,
    columns: Int = 80,
    environment: [String: String] = [:]
) throws -> PtySession {
    let session = try PtySession(
        BuiltProduct.path("TerminalDemo"),
        rows: rows,
        columns: columns,
        environment: environment
    )
    try session.expect("the end")
    return session
}

struct ScreenTests {
    @Test func `everything is drawn where it belongs`() throws {
        let session = try openDemo()
        #expect(session.lines.first == "Demo › size 80x24 · colors indexed")
        #expect(session.lines[1] == "wide |漢字|한글|🚀|e\u{301}|")
        #expect(session.lines.last?.hasSuffix("the end") == true)
        #expect(session.showsAlternateScreen)
        #expect(!session.showsCursor)
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        #expect(session.leftovers == [])
        #expect(session.text.contains("goodbye"))
    }

    @Test func `keys, paste, mouse and focus arrive`() throws {
        let session = try openDemo()
        for (bytes, event) in [
            ("a", "key(a)"), ("\u{1b}OA", "key(up)"), ("\u{1b}[1;5C", "key(ctrl+right)"), ("\u{1b}[15~", "key(f5)"),
            ("漢", "key(漢)"), ("\u{1b}", "key(esc)"), ("\u{1b}x", "key(alt+x)"), ("\u{1b}[O", "focus(false)"),
        ] {
            session.send(bytes)
            try session.expect("event " + event)
        }
        session.paste("two\r\nlines")
        try session.expect(#"paste("two\nlines")"#)
        session.click(row: 3, column: 7)
        try session.expect("event press(TerminalKit.Mouse.Button.left) at 7,3")
        session.send("w")
        try session.expect("event worked")
    }

    @Test func `a character split over several reads is one key`() throws {
        let session = try openDemo()
        session.send([0xe6])
        session.send([0xbc])
        session.send([0xa2])
        try session.expect("event key(漢)")
    }

    @Test func `unknown sequences are not typed`() throws {
        let session = try openDemo()
        session.send("i")
        session.send("\u{1b}[99;99x\u{1b}]11;rgb:00/00/00\u{7}ok")
        try session.wait(for: "the input") { $0.lines[11] == "ok" }
        #expect(session.showsCursor)
        #expect(session.cursor == (11, 2))
    }

    @Test func `the screen follows the size of the window`() throws {
        let session = try openDemo()
        for (rows, columns) in [(30, 100), (5, 20), (1, 1), (24, 80)] {
            session.resize(rows: rows, columns: columns)
            let end = String("the end".suffix(columns))
            try session.wait(for: "\(columns)x\(rows)") { session in
                session.lines.last?.hasSuffix(rows == 1 ? "" : end) == true
                    && (columns < 40 || session.text.contains("size \(columns)x\(rows)"))
            }
        }
    }

    @Test func `the size in the environment does not win over the window`() throws {
        let session = try openDemo(environment: ["LINES": "10", "COLUMNS": "30"])
        try session.expect("size 80x24")
    }

    @Test func `what a library writes to standard error appears afterwards`() throws {
        let session = try openDemo()
        session.send("E")
        try session.expect("event key(E)")
        #expect(!session.text.contains("noise"))
        session.send("q")
        _ = try session.waitForExit()
        #expect(session.text.contains("noise of a library"))
        #expect(session.leftovers == [])
    }

    @Test func `another program gets the terminal and gives it back`() throws {
        let session = try openDemo()
        session.send("e")
        try session.expect("handed over")
        #expect(!session.showsAlternateScreen)
        #expect(!session.isModeOn(1000))
        session.send("hello\r")
        try session.expect("Demo ›")
        #expect(session.showsAlternateScreen)
        #expect(session.isModeOn(1000))
        session.send("a")
        try session.expect("event key(a)")
        session.send("q")
        _ = try session.waitForExit()
        #expect(session.text.contains("got hello"))
    }

    @Test func `what happens meanwhile is told afterwards`() throws {
        let session = try openDemo()
        session.send("e")
        try session.expect("handed over")
        session.resize(rows: 30, columns: 90)
        session.send("hello\r")
        try session.expect("size 90x30")
        session.send("e")
        try session.expect("handed over")
        session.signal(SIGTERM)
        session.send("hello\r")
        #expect(try session.waitForExit() == .code(0))
        #expect(session.leftovers == [])
    }

    @Test func `text is sent to the clipboard of the terminal`() throws {
        let session = try openDemo()
        session.send("y")
        try session.wait(for: "OSC 52") {
            String(decoding: $0.output, as: UTF8.self).contains("\u{1b}]52;c;5ryi5a2X\u{7}")
        }
    }
}
