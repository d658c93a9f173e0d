import TerminalKit
import TerminalTestSupport
import Testing

struct LogBufferTests {
    private func lines(_ log: LogBuffer) -> [String] { (0..<log.count).map { log[$0] } }

    @Test func `pieces join to lines wherever they are cut`() {
        var log = LogBuffer()
        for piece in ["on", "e\ntw", "o\n", "three"] { log.append(piece) }
        #expect(lines(log) == ["one", "two", "three"])
        log.append("\n")
        #expect(lines(log) == ["one", "two", "three"])
    }

    @Test func `the oldest lines give way, numbers stay`() {
        var log = LogBuffer(capacity: 3)
        for number in 0..<10 { log.append("\(number)\n") }
        #expect(lines(log) == ["7", "8", "9"])
        #expect(log.firstNumber == 7)
    }

    @Test(arguments: [
        ("\u{1b}[31mred\u{1b}[0m", "red"), ("\u{1b}]0;title\u{7}x", "x"), ("a\tb", "a       b"),
        ("12 %\r50 %\r100 %", "100 %"),
        ("line\r", "line"), ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"), ("bell\u{7}", "bell"),
        ("\u{1b}(Bx", "Bx"),
    ])
    func `what was written for a terminal becomes text`(line: String, text: String) {
        var log = LogBuffer()
        log.append(line + "\n")
        #expect(lines(log) == [text])
    }

    @Test func `a line without end does not fill the memory`() {
        var log = LogBuffer()
        for _ in 0..<100 { log.append(String(repeating: "x", count: 10_000)) }
        #expect(log[0].count <= 4000)
    }
}

struct LogViewTests {
    private let area = Rect(x: 0, y: 0, width: 40, height: 6)

    private func log(_ count: Int, capacity: Int = 100) -> LogBuffer {
        var log = LogBuffer(capacity: capacity)
        for number in 0..<count { log.append("line \(number)\n") }
        return log
    }

    private func shown(_ view: LogView, _ log: LogBuffer) -> [String] {
        var canvas = Canvas(Size(width: 40, height: 6))
        view.draw(log, in: area, on: &canvas, theme: .test)
        return canvas.plainText.split(separator: "\n").map(String.init)
    }

    @Test func `following shows the end`() {
        #expect(shown(LogView(), log(50)).dropLast().last == "line 49")
        #expect(shown(LogView(), log(2)).prefix(2) == ["line 0", "line 1"])
    }

    @Test func `scrolling up stops following, the end starts it again`() {
        var view = LogView()
        let log = log(50)
        _ = view.handle(.key(.up), log, in: area)
        #expect(!view.isFollowing)
        #expect(shown(view, log).dropLast().last == "line 48")
        _ = view.handle(.key(.down), log, in: area)
        #expect(view.isFollowing)
    }

    @Test func `standing still, lines stay in place while others come`() {
        var view = LogView()
        _ = view.handle(.key("g"), log(50), in: area)
        #expect(shown(view, log(90)).first == "line 0")
        #expect(shown(view, log(120)).first == "line 20")
    }

    @Test func `search goes backwards from the end, then on`() {
        var view = LogView()
        let log = log(50)
        for key: Key in ["/", "1", "2", "j", .backspace, .backspace, .enter] {
            _ = view.handle(.key(key), log, in: area)
        }
        #expect(shown(view, log).first == "line 41")
        _ = view.handle(.key("n"), log, in: area)
        #expect(shown(view, log).first == "line 31")
        _ = view.handle(.key("N"), log, in: area)
        #expect(shown(view, log).first == "line 41")
        _ = view.handle(.key(.escape), log, in: area)
        #expect(view.search.isEmpty)
    }

    @Test func `keys of others are left to them`() {
        var view = LogView()
        let used = (["q", .escape, "n", .tab] as [Key]).map { view.handle(.key($0), log(5), in: area) }
        #expect(used == [false, false, false, false])
    }
}
