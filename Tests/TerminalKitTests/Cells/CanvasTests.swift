import TerminalKit
import TerminalTestSupport
import Testing

struct CanvasTests {
    private func canvas(_ width: Int = 6, _ height: Int = 1) -> Canvas {
        Canvas(Size(width: width, height: height))
    }

    @Test func `a wide glyph is never halved`() {
        var canvas = canvas()
        canvas.write("a漢b", x: 0, y: 0, style: .plain)
        #expect(canvas.plainText == "a漢b")
        canvas.write("x", x: 2, y: 0, style: .plain)
        #expect(canvas.plainText == "a xb")
        canvas.write("漢", x: 5, y: 0, style: .plain)
        #expect(canvas.plainText == "a xb")
    }

    @Test func `overwriting the left half of a wide glyph clears the right one`() {
        var canvas = canvas()
        canvas.write("漢", x: 0, y: 0, style: .plain)
        canvas.write("x", x: 0, y: 0, style: .plain)
        #expect(canvas.plainText == "x")
        #expect(canvas.row(0).allSatisfy { !$0.isContinuation })
    }

    @Test func `combining marks share the cell of their base`() {
        var canvas = canvas()
        canvas.write("e\u{301}x", x: 0, y: 0, style: .plain)
        #expect(canvas[0, 0].glyph == "e\u{301}")
        #expect(canvas[1, 0].glyph == "x")
    }

    @Test(arguments: [(-3, "lo"), (0, "hello"), (3, "   hel"), (6, ""), (100, ""), (-100, "")])
    func `text is cut off at the edges`(x: Int, shown: String) {
        var canvas = canvas()
        let end = canvas.write("hello", x: x, y: 0, style: .plain)
        #expect(canvas.plainText == shown)
        #expect(end == x + 5)
    }

    @Test(arguments: [-1, 1, Int.max, Int.min])
    func `rows outside are passed over`(y: Int) {
        var canvas = canvas()
        canvas.write("hello", x: 0, y: y, style: .plain)
        canvas.fill(Rect(x: 0, y: max(-100, min(100, y)), width: 9, height: 0), style: .plain)
        #expect(canvas.plainText == "")
    }

    @Test func `a clip holds text inside an area`() {
        var canvas = canvas(8, 2)
        canvas.write("overflow", x: 0, y: 0, style: .plain, clip: Rect(x: 2, y: 0, width: 3, height: 1))
        #expect(canvas.plainText == "  erf\n")
    }

    @Test(arguments: [(Alignment.leading, "ab"), (.center, "  ab"), (.trailing, "    ab")])
    func `a line stands where it is aligned`(alignment: Alignment, shown: String) {
        var canvas = canvas()
        canvas.line("ab", in: canvas.bounds, style: .plain, alignment: alignment)
        #expect(canvas.plainText == shown)
    }

    @Test func `a frame surrounds its area and carries a title`() {
        var canvas = canvas(12, 3)
        canvas.frame(canvas.bounds, style: .plain, title: "Name")
        #expect(canvas.plainText == "╭─ Name ───╮\n│          │\n╰──────────╯")
    }

    @Test func `a frame of any size draws`() {
        for width in 0...5 {
            for height in 0...5 {
                var canvas = canvas(4, 4)
                canvas.frame(Rect(x: -1, y: -1, width: width, height: height), style: .plain, title: "Title")
            }
        }
    }

    @Test func `escape sequences in text do not become cells`() {
        var canvas = canvas(20, 1)
        canvas.write("\u{1b}[2Jrm\u{7}", x: 0, y: 0, style: .plain)
        #expect(canvas.plainText == "[2Jrm")
    }
}

struct RectTests {
    private let area = Rect(x: 2, y: 1, width: 10, height: 5)

    @Test func `splitting gives back every column and row`() {
        #expect(area.splitTop(2).top == Rect(x: 2, y: 1, width: 10, height: 2))
        #expect(area.splitTop(2).rest == Rect(x: 2, y: 3, width: 10, height: 3))
        #expect(area.splitBottom(1).bottom == Rect(x: 2, y: 5, width: 10, height: 1))
        #expect(area.splitLeft(3).rest == Rect(x: 5, y: 1, width: 7, height: 5))
        #expect(area.splitRight(3).right == Rect(x: 9, y: 1, width: 3, height: 5))
    }

    @Test(arguments: [-5, 0, 3, 99])
    func `splitting by more or less than there is stays inside`(amount: Int) {
        let (top, rest) = area.splitTop(amount)
        #expect(top.height + rest.height == area.height)
        let (left, right) = area.splitLeft(amount)
        #expect(left.width + right.width == area.width)
    }

    @Test func `an inset larger than the area is empty`() {
        #expect(area.inset(horizontal: 6, vertical: 3).isEmpty)
        #expect(area.inset(horizontal: 1, vertical: 1) == Rect(x: 3, y: 2, width: 8, height: 3))
    }
}
