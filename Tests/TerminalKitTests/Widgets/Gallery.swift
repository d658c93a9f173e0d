import TerminalKit
import Testing

/// Every component with something in it, for goldens and for drawing at every size.
struct Exhibit: Sendable, CustomTestStringConvertible {
    let name: String
    /// Draws, and sends some events on the way, as a program would at this size.
    let draw: @Sendable (Rect, inout Canvas, Theme) -> Void
    var testDescription: String { name }

    static let all: [Exhibit] =
        simple + [
            Exhibit(name: "table") { area, canvas, theme in
                let table = Table(GalleryRow.columns, rows: GalleryRow.all)
                var state = TableState(cursor: 1, sort: TableSort("Name"))
                _ = table.handle(.key(.down), &state, in: area)
                table.draw(state, in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "table-filter") { area, canvas, theme in
                var state = TableState(filter: "no such thing")
                let table = Table(GalleryRow.columns, rows: [])
                _ = table.handle(.key("/"), &state, in: area)
                table.draw(state, in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "form") { area, canvas, theme in
                var form = Form.gallery
                for key: Key in [.tab, "9", "9", "9", .tab, .right] { _ = form.handle(.key(key), in: area) }
                form.validate(["name": "The name “Heart” has a capital letter; write heart."], all: true)
                form.draw(in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "form-pairs") { area, canvas, theme in
                var form = Form.gallery
                form.focus(on: "tags")
                _ = form.handle(.paste("team=risk\nowner=anna\nno pair"), in: area)
                form.validate()
                form.draw(in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "picker") { area, canvas, theme in
                let items = (1...30).map { PickerItem(id: "\($0)", title: "model-\($0)", detail: "version \($0)") }
                var picker = Picker("Model", items, selected: "12")
                _ = picker.handle(.key("2"), in: area)
                _ = picker.handle(.key(.down), in: area)
                picker.draw(in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "dialog") { area, canvas, theme in
                let text = "Its 2 deployments go with it.\n\nJobs and their output stay, and can be read as before."
                var dialog = Dialog(
                    "Delete heart-classifier?",
                    text,
                    [DialogButton("delete", "Delete", isDangerous: true), DialogButton("keep", "Keep")]
                )
                _ = dialog.handle(.key("x"), in: area)
                dialog.draw(in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "palette") { area, canvas, theme in
                var palette = CommandPalette([
                    PaletteCommand(id: "create", title: "Create endpoint", keys: "c"),
                    PaletteCommand(id: "cancel", title: "Cancel job", keys: "x", disabledReason: "No job is chosen."),
                    PaletteCommand(id: "theme", title: "Change theme", keys: "T"),
                ])
                _ = palette.handle(.key("c"), in: area)
                palette.draw(in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "log") { area, canvas, theme in
                let log = LogRows(
                    (1...150).map {
                        LogRow("scored mini-batch \($0)", time: "12:00:\($0)", source: "worker \(1 + $0 % 2)")
                    }
                )
                var view = LogView()
                for key: Key in ["/", "1", "2", "0", .enter] { _ = view.handle(.key(key), log, in: area) }
                view.draw(log, in: area, on: &canvas, theme: theme)
            },
            Exhibit(name: "text") { area, canvas, theme in
                let lines = (1...40).map { [Span("\($0) ", theme[.muted]), Span("name: heart", theme[.text])] }
                var pane = TextPane()
                _ = pane.handle(.key(.down), lineCount: lines.count, in: area)
                pane.draw(lines, in: area, on: &canvas, theme: theme)
            },
        ]

    private static let simple: [Exhibit] = [
        Exhibit(name: "tabs") { area, canvas, theme in
            var tabs = Tabs(["Endpoints", "Models", "Data", "Environments", "Compute", "Jobs"], firstNumber: 1)
            _ = tabs.handle(.key("4"), in: area)
            tabs.draw(in: area, on: &canvas, theme: theme)
        },
        Exhibit(name: "breadcrumbs") { area, canvas, theme in
            Breadcrumbs(["Endpoints", "heart-classifier", "Runs", "job-2025-11-22"]).draw(
                in: area,
                on: &canvas,
                theme: theme
            )
        },
        Exhibit(name: "hints") { area, canvas, theme in
            HintBar([
                Hint("enter", "open"), Hint("c", "create"), Hint("D", "delete", isEnabled: false), Hint("?", "help"),
            ])
            .draw(in: area, on: &canvas, theme: theme)
        },
        Exhibit(name: "progress") { area, canvas, theme in
            ProgressBar(0.42).draw(in: area.row(0), on: &canvas, theme: theme)
            ProgressBar(0.999, role: .success).draw(in: area.row(1), on: &canvas, theme: theme)
            ProgressBar(nil, label: "waiting").draw(in: area.row(2), on: &canvas, theme: theme)
            ProgressBar(.nan).draw(in: area.row(3), on: &canvas, theme: theme)
            ProgressBar(7).draw(in: area.row(4), on: &canvas, theme: theme)
        },
        Exhibit(name: "sparkline") { area, canvas, theme in
            let values = (0..<100).map { Double($0 * $0 % 37) } + [.nan, .infinity, -1, 0, 40]
            Sparkline(values).draw(in: area.splitTop(2).top, on: &canvas, theme: theme)
            Sparkline([]).draw(in: area.row(3), on: &canvas, theme: theme)
        },
        Exhibit(name: "toasts") { area, canvas, theme in
            var toasts = Toasts()
            toasts.show(Toast("The output /data/out exists. Choose another folder, or delete it first.", role: .error))
            toasts.draw(in: area, moreKey: "!", on: &canvas, theme: theme)
        },
        Exhibit(name: "stepper") { area, canvas, theme in
            let stepper = WizardStepper(
                [
                    WizardStep("Endpoint", .valid), WizardStep("Model", .hasErrors), WizardStep("Deployment"),
                    WizardStep("Environment", .notNeeded), WizardStep("Compute"), WizardStep("Review"),
                ],
                current: 2
            )
            stepper.draw(in: area.splitLeft(24).left, on: &canvas, theme: theme)
            stepper.draw(in: area.splitLeft(26).rest.row(0), on: &canvas, theme: theme)
        },
        Exhibit(name: "tiles") { area, canvas, theme in
            let tiles = TileMap.ranges(count: 1_000_000, in: area).map { range in
                range.lowerBound < 400_000 ? TileMap.Tile("■", .success) : TileMap.Tile("·", .queued)
            }
            TileMap(tiles).draw(in: area, on: &canvas, theme: theme)
        },
    ]
}

struct GalleryRow: Sendable {
    var name: String
    var state: String
    var count: Int

    static let all = [
        GalleryRow(name: "heart-10", state: "✓ Completed", count: 12),
        GalleryRow(name: "heart-9", state: "● Running", count: 1200),
        GalleryRow(name: "漢字-classifier", state: "✗ Failed", count: 0),
        GalleryRow(name: "taxi\u{1b}[31m-tips", state: "○ Queued", count: 7),
    ]

    static let columns = [
        TableColumn<GalleryRow>("Name", .flexible(minimum: 12)) { $0.name },
        TableColumn(
            "State",
            .fixed(12),
            role: { $0.state.hasPrefix("✓") ? .success : $0.state.hasPrefix("✗") ? .error : .running }
        ) { $0.state },
        TableColumn("Rows", .fixed(6), alignment: .trailing, importance: 1, precedes: { $0.count < $1.count }) {
            String($0.count)
        },
    ]
}

extension Form {
    static let gallery = Form([
        FormField("name", "Name", .text("Heart"), help: "3 to 32 letters, digits and -.", isRequired: true),
        FormField("size", "Mini-batch size", .integer(10, in: 1...1000), help: "Files a mini-batch, 1 to 1000."),
        FormField(
            "action",
            "Output action",
            .choice([.init("append", "Append row"), .init("summary", "Summary only")], selected: "append")
        ),
        FormField("default", "Default deployment", .toggle(true)),
        FormField("tags", "Tags", .pairs([]), help: "One key=value a line.", placeholder: "owner=anna"),
        FormField("endpoint", "Endpoint", .readOnly("heart-classifier")),
    ])
}
