import TerminalKit
import Testing

struct EventDecoderTests {
    static let table: [(bytes: String, events: [Event])] = [
        ("a", [.key("a")]), ("G", [.key("G")]), ("é漢🚀", [.key("é"), .key("漢"), .key("🚀")]),
        ("\r", [.key(.enter)]), ("\t", [.key(.tab)]), ("\u{7f}", [.key(.backspace)]), ("\u{0}", [.key("ctrl+space")]),
        ("\u{3}", [.key(.control("c"))]), ("\u{1a}", [.key("ctrl+z")]), ("\u{1f}", [.key("ctrl+_")]),
        ("\u{1b}[A", [.key(.up)]), ("\u{1b}OA", [.key(.up)]), ("\u{1b}[H\u{1b}[4~", [.key(.home), .key(.end)]),
        ("\u{1b}[1;5C", [.key("ctrl+right")]), ("\u{1b}[1;2A", [.key("shift+up")]), ("\u{1b}[Z", [.key(.backTab)]),
        ("\u{1b}[5~\u{1b}[6~\u{1b}[3~", [.key(.pageUp), .key(.pageDown), .key(.delete)]),
        ("\u{1b}OP\u{1b}[15~\u{1b}[24~", [.key("f1"), .key("f5"), .key("f12")]),
        ("\u{1b}[[A\u{1b}[[E", [.key("f1"), .key("f5")]),
        ("\u{1b}x", [.key(.alt("x"))]), ("\u{1b}1", [.key("alt+1")]), ("\u{1b}é", [.key("alt+é")]),
        ("\u{1b}\u{1b}[A", [.key("alt+up")]), ("\u{1b}[13;5u", [.key("ctrl+enter")]),
        ("\u{1b}[27;5;13~", [.key("ctrl+enter")]),
        ("\u{1b}[I\u{1b}[O", [.focus(true), .focus(false)]),
        ("\u{1b}[200~hello\r\n漢\u{1b}[31m\u{1b}[201~x", [.paste("hello\n漢\u{1b}[31m"), .key("x")]),
        ("\u{1b}[200~\u{1b}[201~", [.paste("")]),
        (
            "\u{1b}[<0;10;5M\u{1b}[<0;10;5m",
            [.click(x: 9, y: 4), .mouse(Mouse(.release(.left), at: Point(x: 9, y: 4)))]
        ),
        ("\u{1b}[<64;250;1M", [.mouse(Mouse(.scrollUp, at: Point(x: 249, y: 0)))]),
        ("\u{1b}[<65;1;1M", [.mouse(Mouse(.scrollDown, at: Point(x: 0, y: 0)))]),
        ("\u{1b}[<34;2;3M", [.mouse(Mouse(.drag(.right), at: Point(x: 1, y: 2)))]),
        ("\u{1b}[<66;1;1M\u{1b}[<0;0;0Mz", [.key("z")]),
        ("\u{1b}[99;99xq", [.key("q")]), ("\u{1b}[?1;2cq", [.key("q")]), ("\u{1b}[M !!q", [.key("q")]),
        ("\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{7}q", [.key("q")]), ("\u{1b}]52;c;aGk=\u{1b}\\q", [.key("q")]),
        ("\u{1b}P>|xterm(379)\u{1b}\\q", [.key("q")]), ("\u{1b}[12\u{1b}[Aq", [.key(.up), .key("q")]),
    ]

    @Test(arguments: table)
    func `bytes become events`(bytes: String, events: [Event]) {
        var decoder = EventDecoder()
        #expect(decoder.decode(bytes.utf8) == events)
    }

    @Test(arguments: table)
    func `it does not matter where a read splits the bytes`(bytes: String, events: [Event]) {
        let all = Array(bytes.utf8)
        for split in 0...all.count {
            var decoder = EventDecoder()
            let found = decoder.decode(all[..<split]) + decoder.decode(all[split...])
            #expect(found == events, "split at \(split)")
        }
        var decoder = EventDecoder()
        #expect(all.flatMap { decoder.decode([$0]) } == events, "one byte at a time")
    }

    @Test(arguments: [
        ("\u{1b}", [Event.key(.escape)]), ("\u{1b}\u{1b}", [.key(.escape), .key(.escape)]),
        ("\u{1b}[", [.key("alt+[")]),
        ("\u{1b}]", [.key("alt+]")]), ("\u{1b}O", [.key("alt+O")]), ("\u{1b}[1;5", []), ("\u{1b}]0;never ends", []),
    ])
    func `an escape that nothing follows is settled`(bytes: String, events: [Event]) {
        var decoder = EventDecoder()
        #expect(decoder.decode(bytes.utf8) == [])
        #expect(decoder.isWaiting)
        #expect(decoder.resolvePending() == events)
        #expect(!decoder.isWaiting)
        #expect(decoder.decode("a".utf8) == [.key("a")])
    }

    @Test(
        arguments: [[0xff, 0x61], [0xc3, 0x61], [0xe6, 0xbc, 0x61], [0x80, 0xbf, 0x61], [0xf8, 0x88, 0x61]] as [[UInt8]]
    )
    func `bytes that are no UTF-8 are passed over`(bytes: [UInt8]) {
        var decoder = EventDecoder()
        #expect(decoder.decode(bytes) == [.key("a")])
    }

    @Test func `sequences of terminfo are learnt`() {
        var sequences = KeySequences()
        sequences.add(Array("\u{1b}[11^".utf8), "ctrl+f1")
        var decoder = EventDecoder(sequences: sequences)
        #expect(decoder.decode("\u{1b}[11^a".utf8) == [.key("ctrl+f1"), .key("a")])
    }

    @Test func `a long paste in many reads is one event`() {
        var decoder = EventDecoder()
        let line = String(repeating: "0123456789", count: 1000)
        var events = decoder.decode("\u{1b}[200~".utf8)
        for _ in 0..<100 { events += decoder.decode(line.utf8) }
        events += decoder.decode("\u{1b}[201~".utf8)
        #expect(events == [.paste(String(repeating: line, count: 100))])
    }
}

struct KeyTests {
    @Test(arguments: [
        "a", "G", "?", "ctrl+s", "alt+1", "shift+tab", "f10", "pgup", "esc", "space", "ctrl+alt+delete", "+", "ctrl++",
        "漢",
    ])
    func `a key is written as it is read`(text: String) throws {
        #expect(try #require(Key(text)).description == text)
    }

    @Test(arguments: ["", "ctrl+", "enterr", "f0", "f99", "hyper+a", "ab"])
    func `a name that no key has is refused`(text: String) {
        #expect(Key(text) == nil)
    }
}
