import PtyHarness
import Testing

struct EnvironmentTests {
    @Test(arguments: ["C", "POSIX", "xx_YY.UTF-8"])
    func `wide characters show in every locale`(locale: String) throws {
        let session = try openDemo(environment: ["LC_ALL": locale])
        #expect(session.lines[1] == "wide |漢字|한글|🚀|e\u{301}|")
    }

    @Test func `without colours only weight and reverse are left`() throws {
        let session = try openDemo(environment: ["NO_COLOR": "1"])
        try session.expect("colors none")
        let written = String(decoding: session.output, as: UTF8.self)
        #expect(written.contains(/\x1b\[0?;?7m/))
        #expect(written.matches(of: /\x1b\[[0-9;]*[34][0-9][0-9;]*m/).isEmpty)
    }

    @Test func `an empty NO_COLOR is none`() throws {
        try openDemo(environment: ["NO_COLOR": ""]).expect("colors indexed")
    }

    @Test(arguments: [("xterm", "ansi"), ("linux", "ansi"), ("vt100", "none"), ("tmux-256color", "indexed")])
    func `every kind of terminal works`(name: String, colors: String) throws {
        let session = try openDemo(environment: ["TERM": name])
        try session.expect("colors \(colors)")
        session.send("\u{1b}[A")
        try session.expect("event key(up)")
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    @Test func `a dumb terminal is refused with advice, and without sequences`() throws {
        let session = try PtySession(BuiltProduct.path("TerminalDemo"), environment: ["TERM": "dumb"])
        #expect(try session.waitForExit() == .code(2))
        #expect(session.text.contains("cannot place its cursor"))
        #expect(!session.output.contains(0x1b))
        #expect(session.leftovers == [])
    }

    @Test(arguments: ["", "no-such-terminal"])
    func `an unknown terminal is refused with advice`(name: String) throws {
        let session = try PtySession(BuiltProduct.path("TerminalDemo"), environment: ["TERM": name])
        #expect(try session.waitForExit() == .code(2))
        #expect(session.text.contains("TERM=xterm-256color"))
    }
}
