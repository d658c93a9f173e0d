import TerminalKit
import TerminalTestSupport
import Testing

struct `A canvas as a picture` {
    private static let red = Style(foreground: .rgb(255, 0, 0))

    private static func redText(_ attributes: Style.Attributes) -> Style {
        Style(foreground: .rgb(255, 0, 0), attributes: attributes)
    }

    /// The elements between the frame and the end.
    private func elements(_ text: String, style: Style = .plain, width: Int = 12) -> [String] {
        var canvas = Canvas(Size(width: width, height: 1))
        canvas.write(text, x: 0, y: 0, style: style)
        return picture(canvas).split(separator: "\n").dropFirst(4).dropLast(2).map(String.init)
    }

    private func picture(_ canvas: Canvas) -> String {
        canvas.svg(title: "a <b>", foreground: RGB(1, 2, 3), background: RGB(4, 5, 6), border: RGB(7, 8, 9))
    }

    @Test func `is framed, named and as large as its cells`() {
        let picture = picture(Canvas(Size(width: 10, height: 2)))
        #expect(
            picture.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"104\" height=\"56\""),
            "\(picture)"
        )
        #expect(picture.contains("<title>a &lt;b&gt;</title>"))
        #expect(picture.contains("fill=\"#040506\" stroke=\"#070809\""))
        #expect(picture.hasSuffix("</g>\n</svg>\n"))
    }

    @Test func `keeps words of one style together and parts them at gaps`() {
        #expect(
            elements("ab c  d") == [
                "<text x=\"0\" y=\"12\" textLength=\"32\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#010203\">ab c</text>",
                "<text x=\"48\" y=\"12\" textLength=\"8\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#010203\">d</text>",
            ]
        )
    }

    @Test(arguments: [
        ("<&>\"", "&lt;&amp;&gt;&quot;"), ("漢字", ">漢<"), ("✓ ok", ">✓<"), ("✓ ok", ">ok<"), ("漢", "textLength=\"16\""),
    ])
    func `writes text that is only text`(text: String, part: String) {
        #expect(elements(text).joined().contains(part))
    }

    @Test(arguments: [
        (redText(.bold), "fill=\"#ff0000\" font-weight=\"bold\""),
        (redText(.italic), "font-style=\"italic\""),
        (redText(.dim), "opacity=\"0.6\""),
        (redText(.underline), "<rect x=\"0\" y=\"14\" width=\"8\" height=\"1\" fill=\"#ff0000\"/>"),
        (redText(.reverse), "<rect x=\"0\" y=\"0\" width=\"8\" height=\"16\" fill=\"#ff0000\"/>"),
        (red.on(.indexed(4)), "<rect x=\"0\" y=\"0\" width=\"8\" height=\"16\" fill=\"#0000ee\"/>"),
    ])
    func `shows styles`(style: Style, part: String) {
        #expect(elements("x", style: style).joined(separator: "\n").contains(part))
    }

    @Test(arguments: [
        ("──", "<path d=\"M0 8.5h16\" fill=\"none\" stroke=\"#010203\"/>"),
        ("╭", "<path d=\"M4.5 16Q4.5 8.5 8 8.5\" fill=\"none\" stroke=\"#010203\"/>"),
        ("├", "<path d=\"M4.5 8.5V0M4.5 8.5V16M4.5 8.5H8\" fill=\"none\" stroke=\"#010203\"/>"),
        ("━━╸", "<rect x=\"0\" y=\"7\" width=\"16\" height=\"3\" fill=\"#010203\"/>"),
        ("■■", "<path d=\"M0 8h16\" fill=\"none\" stroke=\"#010203\" stroke-width=\"8\" stroke-dasharray=\"7 1\"/>"),
        ("▂", "<rect x=\"0\" y=\"12\" width=\"8\" height=\"4\" fill=\"#010203\"/>"),
        ("▌", "<rect x=\"0\" y=\"0\" width=\"4\" height=\"16\" fill=\"#010203\"/>"),
    ])
    func `draws lines and blocks as shapes`(text: String, element: String) {
        #expect(elements(text).first == element)
    }

    @Test func `shows the cursor`() {
        var canvas = Canvas(Size(width: 4, height: 2))
        canvas.cursor = Point(x: 2, y: 1)
        #expect(picture(canvas).contains("<rect x=\"16\" y=\"16\" width=\"2\" height=\"16\" fill=\"#010203\"/>"))
    }
}
