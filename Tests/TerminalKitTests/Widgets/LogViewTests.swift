import TerminalKit
import TerminalTestSupport
import Testing

struct LogRowTests {
    @Test(arguments: [
        ("\u{1b}[31mred\u{1b}[0m", "red"), ("\u{1b}]0;title\u{7}x", "x"), ("a\tb", "a       b"),
        ("12 %\r50 %\r100 %", "100 %"),
        ("line\r", "line"), ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"), ("bell\u{7}", "bell"),
        ("\u{1b}(Bx", "Bx"),
    ])
    func `what was written for a terminal becomes text`(line: String, text: String) {
        #expect(LogRow(line).text == text)
    }
}

struct LogViewTests {
    private let area = Rect(x: 0, y: 0, width: 40, height: 6)

    private func log(_ range: Range<Int>, isStart: Bool = true, isEnd: Bool = true) -> LogRows {
        LogRows(range.map { LogRow("line \($0)") }, isStart: isStart, isEnd: isEnd)
    }

    private func shown(_ view: LogView, _ log: LogRows) -> [String] {
        var canvas = Canvas(Size(width: 40, height: 6))
        view.draw(log, in: area, on: &canvas, theme: .test)
        return canvas.plainText.split(separator: "\n").map(String.init)
    }

    private func press(_ view: inout LogView, _ log: LogRows, _ keys: Key...) -> LogView.Action? {
        var last: LogView.Action?
        for key in keys { last = view.handle(.key(key), log, in: area) }
        return last
    }

    @Test func `following shows the end`() {
        #expect(shown(LogView(), log(0..<50)).dropLast().last == "line 49")
        #expect(shown(LogView(), log(0..<2)).prefix(2) == ["line 0", "line 1"])
    }

    @Test func `scrolling up stops following, the end starts it again`() {
        var view = LogView()
        let log = log(0..<50)
        _ = press(&view, log, .up)
        #expect(!view.isFollowing)
        #expect(shown(view, log).dropLast().last == "line 48")
        _ = press(&view, log, .down)
        #expect(view.isFollowing)
    }

    @Test func `standing still, lines stay in place when the window moves`() {
        var view = LogView()
        _ = press(&view, log(0..<50), .up)
        #expect(shown(view, log(0..<50)).first == "line 44")
        view.move(44, to: 14, match: nil)
        #expect(shown(view, log(30..<80)).first == "line 44")
    }

    @Test func `search goes backwards from the end, then on, and says where there is no more`() {
        var view = LogView()
        let log = log(0..<50)
        _ = press(&view, log, "/", "1", "2", "j", .backspace, .backspace, .enter)
        #expect(view.match == 41)
        #expect(shown(view, log).contains("line 41"))
        _ = press(&view, log, "n")
        #expect(view.match == 31)
        _ = press(&view, log, "N")
        #expect(view.match == 41)
        #expect(press(&view, log, "N") == .used)
        #expect(view.match == 41 && view.isMissed)
        #expect(shown(view, log).last?.contains("no match") == true)
        _ = press(&view, log, .escape)
        #expect(view.search.isEmpty && !view.isMissed)
    }

    @Test func `what is found is marked, in either case`() throws {
        var view = LogView()
        let log = LogRows([LogRow("An Error, an ERROR")])
        _ = press(&view, log, "/", "e", "r", "r", "o", "r", .enter)
        var canvas = Canvas(Size(width: 40, height: 6))
        view.draw(log, in: area, on: &canvas, theme: .test)
        let marked = Theme.test.style(.badgeText, on: .badge)
        #expect((0..<18).filter { canvas[$0, 0].style == marked } == Array(3..<8) + Array(13..<18))
    }

    @Test func `a window asks for what is missing`() {
        var view = LogView()
        let middle = log(1000..<2000, isStart: false, isEnd: false)
        #expect(press(&view, middle, .up) == .neared(line: 994))
        #expect(press(&view, middle, "/", "x", .enter) == .searched(isBackward: true))
        // It is being searched already.
        #expect(press(&view, middle, "n") == .used)
        view.stopLooking()
        #expect(press(&view, middle, "N") == .searched(isBackward: false))
        view.stopLooking()
        #expect(press(&view, middle, "g") == .wantsStart)
        #expect(press(&view, middle, .pageDown) == .neared(line: 5))
        #expect(press(&view, middle, "G") == .wantsEnd)
        #expect(view.isFollowing)
    }

    @Test func `a long line is wrapped beside its time and origin, or cut and shifted`() {
        var view = LogView()
        let text = (0..<8).map { "word\($0)" }.joined(separator: " ")
        let log = LogRows([LogRow("short"), LogRow(text, time: "12:00:01", source: "worker 1")])
        #expect(
            shown(view, log).prefix(4) == [
                "                  short", "12:00:01 worker 1 word0 word1 word2",
                "                  word3 word4 word5", "                  word6 word7",
            ]
        )
        _ = press(&view, log, "w")
        #expect(shown(view, log)[1] == "12:00:01 worker 1 word0 word1 word2 word")
        _ = press(&view, log, Key(.right, .shift))
        #expect(shown(view, log).first == "12:00:01 worker 1 2 word3 word4 word5 wo")
        _ = press(&view, log, "/", "d", "7", .enter)
        #expect(shown(view, log).first == "12:00:01 worker 1 5 word6 word7")
        _ = press(&view, log, "t")
        #expect(shown(view, log).first == "worker 1 5 word6 word7")
    }

    @Test func `rows of a line that is higher than the screen are all reached`() {
        var view = LogView()
        let log = LogRows([LogRow("first"), LogRow((0..<400).map { "\($0 % 10)" }.joined()), LogRow("last")])
        _ = press(&view, log, .home)
        #expect(shown(view, log).first == "first")
        for _ in 0..<3 { _ = press(&view, log, .down) }
        #expect(shown(view, log).first == String(repeating: "0123456789", count: 4))
        for _ in 0..<20 { _ = press(&view, log, .down) }
        #expect(view.isFollowing)
        #expect(shown(view, log).dropLast().last == "last")
    }

    @Test func `keys of others are left to them`() {
        var view = LogView()
        let used = (["q", .escape, "n", .tab] as [Key]).map { view.handle(.key($0), log(0..<5), in: area) }
        #expect(used == [nil, nil, nil, nil])
    }
}
