import Glibc
import Testing

@testable import DisplayText

struct WidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한글", 4), ("Ａ", 2), ("ﾊ", 1), ("🚀", 2), ("✅", 2),
        ("✓●›…─▁", 6), ("สวัสดี", 4), ("\u{e0b0}", 1), ("👩‍🚀", 2), ("👍🏽", 2), ("❤️", 1), ("🇸🇪", 2), ("क्षि", 3),
        ("\u{1fae8}", 1), ("\u{1b}[31mred", 7), ("a\u{200b}b", 2), ("\u{202e}abc", 3), ("\u{300}", 0),
    ])
    func `text has the width that every terminal gives it`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: [
        ("plain", "plain"),
        ("\u{1b}[2J\u{1b}]0;owned\u{7}x", "[2J]0;ownedx"),
        ("a\u{0}b\u{7f}c\u{9b}31md", "abc31md"),
        ("two\nlines\tand\r\ntab", "two lines and tab"),
        ("\u{202e}reversed\u{202c}", "reversed"),
        ("👩‍🚀 ❤️ 👍🏽", "👩 ❤ 👍"),
        ("\u{1fae8}", "\u{fffd}"),
        ("\u{301}x", "x"),
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}", "e\u{301}\u{302}\u{303}"),
        ("soft\u{ad}hyphen", "softhyphen"),
    ])
    func `what a terminal could obey or draw at will is taken out`(text: String, clean: String) {
        #expect(text.sanitized == clean)
        #expect(clean.sanitized == clean)
    }

    @Test(arguments: [
        ("batch", 10, "batch"), ("batch", 5, "batch"), ("batch", 4, "bat…"), ("batch", 1, "…"), ("batch", 0, ""),
        ("漢字漢", 5, "漢字…"), ("漢字漢", 4, "漢…"), ("漢字", 4, "漢字"),
    ])
    func `text that does not fit ends in an ellipsis`(text: String, width: Int, fitted: String) {
        #expect(text.fitted(to: width) == fitted)
        #expect(fitted.displayWidth <= max(0, width))
    }

    @Test(arguments: [
        ("one two three", 7, ["one two", "three"]), ("one\n\ntwo", 9, ["one", "", "two"]),
        ("abcdef", 4, ["abcd", "ef"]),
        ("a 漢字漢字 b", 4, ["a", "漢字", "漢字", "b"]), ("", 5, [""]), ("text", 0, []),
    ])
    func `text wraps between words and inside words that are too long`(text: String, width: Int, lines: [String]) {
        #expect(text.wrapped(to: width) == lines)
    }

    @Test func `no scalar has another width than the C library gives it`() throws {
        let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
        let before = uselocale(locale)
        defer {
            uselocale(before)
            freelocale(locale)
        }
        let different = (UInt32(0x20)...0x10ffff).filter { value in
            guard let scalar = Unicode.Scalar(value), case .columns(let columns) = ScalarWidth(scalar) else {
                return false
            }
            return wcwidth(wchar_t(value)) != Int32(columns)
        }
        #expect(different == [])
    }
}

@_silgen_name("wcwidth") private func wcwidth(_ character: wchar_t) -> Int32
