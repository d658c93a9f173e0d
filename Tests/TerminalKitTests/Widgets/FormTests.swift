import TerminalKit
import TerminalTestSupport
import Testing

struct FormTests {
    private let area = Rect(x: 0, y: 0, width: 70, height: 20)

    private func typing(_ keys: [Key], into form: Form = .gallery) -> (form: Form, actions: [Form.Action?]) {
        var form = form
        let actions = keys.map { form.handle(.key($0), in: area) }
        return (form, actions)
    }

    @Test func `tab and enter go from field to field, the last one submits`() {
        let (form, actions) = typing([.tab, .enter, .down, .backTab, .up])
        #expect(actions == [.left("name"), .left("size"), .left("action"), .left("default"), .left("action")])
        #expect(form.focused?.id == "size")
        var short = Form([FormField("a", "A", .text()), FormField("b", "B", .readOnly("x"))])
        #expect(short.handle(.key(.enter), in: area) == .submitted)
        #expect(short.fields[0].isTouched)
    }

    @Test func `typing changes a value, moving the cursor does not`() {
        let (form, actions) = typing(["!", .left, .home])
        #expect(actions == [.changed("name"), nil, nil])
        #expect(form.text("name") == "Heart!")
    }

    @Test func `a paste is one change without its line ends`() {
        var form = Form.gallery
        #expect(form.handle(.paste(" one\ntwo\n"), in: area) == .changed("name"))
        #expect(form.text("name") == "Heart one two")
    }

    @Test func `numbers take digits only`() {
        let (form, actions) = typing([.tab, "x", "5", .backspace, .backspace, .backspace])
        #expect(
            actions == [.left("name"), nil, .changed("size"), .changed("size"), .changed("size"), .changed("size")]
        )
        #expect(form.integer("size") == nil)
    }

    @Test func `a choice changes by arrows and asks for a picker by space`() {
        let (form, actions) = typing([.tab, .tab, .right, .right, .space])
        #expect(actions.suffix(3) == [.changed("action"), nil, .choose("action")])
        #expect(form.choice("action") == "summary")
        var picked = form
        picked.select("append", for: "action")
        #expect(picked.choice("action") == "append")
        picked.select("no such", for: "action")
        #expect(picked.choice("action") == nil)
    }

    @Test func `pairs keep enter and arrows until their edge`() {
        var form = Form.gallery
        form.focus(on: "tags")
        #expect(form.handle(.paste("a=1\nb = two=2"), in: area) == .changed("tags"))
        #expect(form.handle(.key(.up), in: area) == nil)
        #expect(form.focused?.id == "tags")
        #expect(form.handle(.key(.up), in: area) == .left("tags"))
        #expect(form.pairs("tags").map { "\($0.key):\($0.value)" } == ["a:1", "b:two=2"])
    }

    @Test func `only what was touched is judged, unless all is`() {
        var form = Form([
            FormField("a", "A", .text(), isRequired: true), FormField("n", "N", .integer(7, in: 1...5)),
        ])
        form.validate(["n": "never seen"])
        #expect(form.fields.allSatisfy { $0.error == nil })
        form.validate(all: true)
        #expect(form["a"]?.error == "A must not be empty.")
        #expect(form["n"]?.error == "N must be from 1 to 5, not 7.")
        let found = form.focusFirstError()
        #expect(found)
        #expect(form.focused?.id == "a")
    }

    @Test(arguments: [
        ("a=1\n\n", nil), ("x", "Line 1, “x”, must be key=value, owner=anna for example."),
        ("=1", "Line 1, “=1”, must be key=value, owner=anna for example."),
        ("a=1\na=2", "Line 2 gives “a” a second time; each key may stand once."),
    ])
    func `pairs that are none are told by line`(text: String, problem: String?) {
        #expect(FormField("t", "T", .pairs(TextArea(text))).problem == problem)
    }

    @Test func `the mouse gives the keyboard, flips and chooses`() {
        var form = Form.gallery
        var canvas = Canvas(Size(width: 70, height: 20))
        form.draw(in: area, on: &canvas, theme: .test)
        let lines = canvas.plainText.split(separator: "\n", omittingEmptySubsequences: false)
        func row(_ label: String) -> Int { lines.firstIndex { $0.contains(label) } ?? -1 }
        #expect(form.handle(.click(x: 25, y: row("Default")), in: area) == .changed("default"))
        #expect(!form.isOn("default"))
        form.focus(on: "name")
        #expect(form.handle(.click(x: 25, y: row("Output")), in: area) == .choose("action"))
        #expect(form.handle(.click(x: 2, y: row("Endpoint")), in: area) == nil)
    }

    @Test func `the focused field is always seen`() {
        var form = Form((1...30).map { FormField("f\($0)", "Field \($0)", .text("value \($0)"), help: "help") })
        let area = Rect(x: 0, y: 0, width: 60, height: 5)
        for _ in 1...40 {
            var canvas = Canvas(Size(width: 60, height: 5))
            form.draw(in: area, on: &canvas, theme: .test)
            #expect(canvas.plainText.contains("▸" + (form.focused?.label ?? "")))
            _ = form.handle(.key(.tab), in: area)
        }
    }
}

struct TextInputTests {
    @Test(
        arguments: [
            (["ctrl+a", "x"], "xone two"), ([.left, .backspace], "one to"), (["ctrl+w"], "one "), (["ctrl+u"], ""),
            ([.home, .delete], "ne two"), ([.home, "ctrl+right", "ctrl+k"], "one"), (["alt+b", "-"], "one -two"),
            ([.home, .left, .backspace], "one two"), (["漢", .backspace], "one two"), (["\u{301}"], "one two\u{301}"),
        ] as [([Key], String)]
    )
    func `keys edit as in a shell`(keys: [Key], text: String) {
        var input = TextInput("one two")
        for key in keys { _ = input.handle(.key(key)) }
        #expect(input.text == text)
        #expect((0...input.text.count).contains(input.cursor))
    }

    @Test func `the cursor stays in sight of a narrow input`() {
        var canvas = Canvas(Size(width: 8, height: 1))
        TextInput("a long text 漢字").draw(in: Rect(x: 2, y: 0, width: 5, height: 1), on: &canvas, theme: .test)
        #expect(canvas.cursor == Point(x: 6, y: 0))
        #expect(canvas.plainText == "  漢字")
    }

    @Test func `commands are left to others`() {
        var input = TextInput("text")
        for key: Key in [.enter, .escape, .tab, .up, "ctrl+s", "alt+1", "f1"] {
            #expect(input.handle(.key(key)) == nil)
        }
    }

    @Test func `lines split and join where the cursor is`() {
        var area = TextArea("one\ntwo")
        _ = area.handle(.key(.home))
        #expect(area.handle(.key(.backspace)) == .changed)
        #expect(area.text == "onetwo")
        _ = area.handle(.key(.enter))
        _ = area.handle(.key("x"))
        #expect(area.text == "one\nxtwo")
        _ = area.handle(.paste("1\r\n2"))
        #expect(area.text == "one\nx1\n2two")
    }
}
