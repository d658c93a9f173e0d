import TerminalKit
import TerminalTestSupport
import Testing

private let page = Rect(x: 0, y: 0, width: 80, height: 24)

struct PickerTests {
    private let items = ["xgboost", "sklearn-pipeline", "autolog", "heart-xgb"].map { PickerItem(id: $0, title: $0) }

    @Test(arguments: [
        ("", "xgboost"), ("auto", "autolog"), ("pipe", "sklearn-pipeline"), ("xgb", "xgboost"), ("hxg", "heart-xgb"),
        ("zzz", nil),
    ])
    func `typing finds the best item`(query: String, id: String?) {
        var picker = Picker("Model", items)
        for letter in query { _ = picker.handle(.key(.character(letter)), in: page) }
        #expect(picker.handle(.key(.enter), in: page) == id.map { .picked($0) })
    }

    @Test func `moving tells what is under the cursor, to preview it`() {
        var picker = Picker("Theme", items, selected: "autolog")
        #expect(picker.current?.id == "autolog")
        #expect(picker.handle(.key(.up), in: page) == .highlighted("sklearn-pipeline"))
        #expect(picker.handle(.key(.escape), in: page) == .cancelled)
    }

    @Test func `a click picks`() {
        var picker = Picker("Model", items)
        var canvas = Canvas(Size(width: 80, height: 24))
        picker.draw(in: page, on: &canvas, theme: .test)
        let row = canvas.plainText.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains("autolog") }
        #expect(picker.handle(.click(x: 10, y: row ?? -1), in: page) == .picked("autolog"))
    }
}

struct CommandPaletteTests {
    private let commands = [
        PaletteCommand(id: "cancel", title: "Cancel job", disabledReason: "No job is chosen."),
        PaletteCommand(id: "create", title: "Create endpoint"),
    ]

    @Test func `what can be run comes first`() {
        var palette = CommandPalette(commands)
        #expect(palette.handle(.key(.enter), in: page) == .run("create"))
    }

    @Test func `what cannot be run says why`() {
        var palette = CommandPalette(commands)
        for letter in "cancel" { _ = palette.handle(.key(.character(letter)), in: page) }
        #expect(palette.handle(.key(.enter), in: page) == .refused("No job is chosen."))
    }
}

struct DialogTests {
    private let dialog = Dialog(
        "Delete?",
        "Everything goes.",
        [
            DialogButton("delete", "Delete", isDangerous: true), DialogButton("keep", "Keep"),
            DialogButton("more", "More"),
        ]
    )

    @Test(
        arguments: [
            ([.enter], .chosen("keep")), ([.left, .enter], .chosen("delete")),
            ([.tab, .tab, .space], .chosen("delete")),
            ([.escape], .cancelled), (["x"], nil),
        ] as [([Key], Dialog.Action?)]
    )
    func `the keyboard starts on a safe button`(keys: [Key], action: Dialog.Action?) {
        var dialog = dialog
        #expect(keys.map { dialog.handle(.key($0), in: page) }.last == action)
    }

    @Test func `a click chooses`() {
        var dialog = dialog
        var canvas = Canvas(Size(width: 80, height: 24))
        dialog.draw(in: page, on: &canvas, theme: .test)
        let lines = canvas.plainText.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        let row = lines.firstIndex { String($0).contains("[ Delete ]") } ?? 0
        let column = lines[row].firstIndex(of: "D") ?? 0
        #expect(dialog.handle(.click(x: column, y: row), in: page) == .chosen("delete"))
    }
}

struct ToastsTests {
    @Test func `a message goes away after its time`() {
        var toasts = Toasts()
        toasts.show(Toast("broken", role: .error))
        toasts.advance(by: .seconds(5))
        #expect(toasts.current?.text == "broken")
        toasts.advance(by: .seconds(5))
        #expect(toasts.isEmpty)
    }

    @Test func `a new message takes the place of the one before`() {
        var toasts = Toasts()
        toasts.show(Toast("saved", role: .success))
        toasts.show(Toast("broken", role: .error))
        #expect(toasts.current?.text == "broken")
    }

    @Test func `a long one says how to see all of it, in one row`() {
        var toasts = Toasts()
        toasts.show(Toast(String(repeating: "long ", count: 30)))
        var canvas = Canvas(Size(width: 40, height: 3))
        toasts.draw(in: Rect(x: 0, y: 2, width: 40, height: 1), moreKey: "!", on: &canvas, theme: .test)
        let lines = canvas.plainText.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[2].hasPrefix(" ● long long"))
        #expect(lines[2].contains("… · ! shows all"))
    }
}

struct YesNoTests {
    private let dialog = Dialog(
        "Delete?",
        "Everything goes.",
        no: DialogButton("keep", "Keep"),
        yes: DialogButton("delete", "Delete", isDangerous: true)
    )

    @Test(arguments: [("n", "keep"), ("y", "delete"), ("enter", "keep")] as [(Key, String)])
    func `two keys answer, and the safe answer has the keyboard`(key: Key, answer: String) {
        var dialog = dialog
        #expect(dialog.handle(.key(key), in: page) == .chosen(answer))
    }

    @Test func `a question of another kind takes no such keys`() {
        let buttons = [DialogButton("continue", "Continue"), DialogButton("again", "Start again")]
        var dialog = Dialog("A draft", "", buttons)
        #expect(dialog.handle(.key("y"), in: page) == nil)
    }
}

struct BarTests {
    private let line = Rect(x: 0, y: 0, width: 40, height: 1)

    private func column(of text: String, _ draw: (inout Canvas) -> Void) -> Int {
        var canvas = Canvas(Size(width: 40, height: 1))
        draw(&canvas)
        return canvas.plainText.ranges(of: text).first.map { range in
            canvas.plainText.distance(from: canvas.plainText.startIndex, to: range.lowerBound)
        } ?? -1
    }

    @Test func `tabs open by number, arrow and mouse`() {
        var tabs = Tabs(["Details", "Deployments", "Runs"], firstNumber: 1)
        #expect(tabs.handle(.key("3"), in: line) == .opened(2))
        #expect(tabs.handle(.key("4"), in: line) == nil)
        #expect(tabs.handle(.key(.right), in: line) == nil)
        let x = column(of: "Deployments") { tabs.draw(in: line, on: &$0, theme: .test) }
        #expect(tabs.handle(.click(x: x, y: 0), in: line) == .opened(1))
    }

    @Test func `tabs take their short titles where the others do not fit`() {
        var tabs = Tabs(["Environments", "Compute", "Datastores"], firstNumber: 0)
        tabs.shortTitles = ["Envs", "Compute", "Stores"]
        var canvas = Canvas(Size(width: 40, height: 1))
        tabs.draw(in: line, on: &canvas, theme: .test)
        #expect(canvas.plainText.contains("0 Environments 1 Compute 2 Datastores"))
        let narrow = Rect(x: 0, y: 0, width: 30, height: 1)
        canvas = Canvas(Size(width: 30, height: 1))
        tabs.draw(in: narrow, on: &canvas, theme: .test)
        #expect(canvas.plainText.contains("0 Envs 1 Compute 2 Stores"))
    }

    @Test func `breadcrumbs lead back by mouse`() {
        let crumbs = Breadcrumbs(["Endpoints", "heart", "Runs"])
        let x = column(of: "heart") { crumbs.draw(in: line, on: &$0, theme: .test) }
        #expect(crumbs.handle(.click(x: x, y: 0), in: line) == .open(1))
        #expect(crumbs.handle(.click(x: 39, y: 0), in: line) == nil)
    }

    @Test func `a hint that does nothing now cannot be chosen`() {
        let bar = HintBar([Hint("c", "create"), Hint("D", "delete", isEnabled: false)])
        let create = column(of: "create") { bar.draw(in: line, on: &$0, theme: .test) }
        let delete = column(of: "delete") { bar.draw(in: line, on: &$0, theme: .test) }
        #expect(bar.handle(.click(x: create, y: 0), in: line) == .chosen(0))
        #expect(bar.handle(.click(x: delete, y: 0), in: line) == nil)
    }

    @Test func `wizard steps open by alt and number, and by mouse`() {
        let stepper = WizardStepper([WizardStep("One"), WizardStep("Two")])
        let area = Rect(x: 0, y: 0, width: 20, height: 6)
        #expect(stepper.handle(.key("alt+2"), in: area) == .open(1))
        #expect(stepper.handle(.key("alt+3"), in: area) == nil)
        #expect(stepper.handle(.key("2"), in: area) == nil)
        #expect(stepper.handle(.click(x: 3, y: 0), in: area) == .open(0))
    }

    @Test(arguments: [1, 5, 799, 800, 801, 1_000_000])
    func `every thing has a place among the tiles`(count: Int) {
        let ranges = TileMap.ranges(count: count, in: Rect(x: 0, y: 0, width: 40, height: 20))
        #expect(ranges.count == min(count, 800))
        #expect(ranges.reduce(0) { $0 + $1.count } == count)
        #expect(ranges.allSatisfy { !$0.isEmpty })
    }
}
