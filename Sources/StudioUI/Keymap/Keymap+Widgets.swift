import TerminalKit

extension Keymap {
    /// The bindings of tables, tabs, texts and logs.
    static let widgets: [Binding] = [
        Binding(
            .open,
            ["enter"],
            in: .table,
            .home,
            title: "Open",
            help: "Opens the chosen row.",
            passes: .enter,
            hint: 0
        ),
        Binding(
            .filter,
            ["/"],
            in: .table,
            title: "Filter",
            help: "Shows only rows with the words you type.",
            passes: "/",
            hint: 50
        ),
        Binding(
            .nextMatch,
            ["n"],
            in: .table,
            title: "Next match",
            help: "Moves to the next row that the filter has found.",
            passes: "n"
        ),
        Binding(
            .previousMatch,
            ["N"],
            in: .table,
            title: "Previous match",
            help: "Moves to the row before that the filter has found.",
            passes: "N"
        ),
        Binding(
            .sort,
            ["s"],
            in: .table,
            title: "Sort",
            help: "Sorts by the next column; a click on a column's title sorts by it.",
            passes: "s",
            hint: 60
        ),
        Binding(.reverseSort, ["S"], in: .table, title: "Reverse", help: "Turns the order round.", passes: "S"),
        Binding(.down, ["j", "down"], in: .table, .home, title: "Down", help: "Moves one row down.", passes: .down),
        Binding(.up, ["k", "up"], in: .table, .home, title: "Up", help: "Moves one row up.", passes: .up),
        Binding(
            .top,
            ["g", "home"],
            in: .table,
            .home,
            title: "First",
            help: "Moves to the first row.",
            passes: .home
        ),
        Binding(.bottom, ["G", "end"], in: .table, .home, title: "Last", help: "Moves to the last row.", passes: .end),
        Binding(
            .mark,
            ["space"],
            in: .list,
            title: "Mark",
            help: "Marks the selected row, or takes its mark away, and moves on; commands are about all marked rows.",
            passes: .space,
            hint: 55
        ),
        Binding(
            .markAll,
            ["*"],
            in: .list,
            title: "Mark all",
            help: "Marks all rows that are shown, or none where all are marked; esc takes the marks away.",
            passes: "*"
        ),
        Binding(
            .extendDown,
            ["shift+down"],
            in: .list,
            title: "Mark downwards",
            help: "Marks the selected row and the next one.",
            passes: Key(.down, .shift)
        ),
        Binding(
            .extendUp,
            ["shift+up"],
            in: .list,
            title: "Mark upwards",
            help: "Marks the selected row and the one before.",
            passes: Key(.up, .shift)
        ),
        Binding(
            .chooseColumns,
            ["|"],
            in: .list,
            title: "Columns",
            help: "Shows and hides columns of the list; the choice is kept."
        ),
        Binding(
            .cyclePane,
            ["p"],
            in: .list,
            title: "Preview",
            help: "Puts the preview of the selected row on the right, below, or away.",
            hint: 56,
            isVisible: { $0.size.width >= PanePlacement.minWidth },
            disabledReason: { model in
                guard model.size.width < PanePlacement.minWidth else { return nil }
                return
                    "A preview needs a window of \(PanePlacement.minWidth) columns; this one has \(model.size.width)."
            }
        ),
        Binding(
            .previewDown,
            ["J"],
            in: .list,
            title: "Preview down",
            help: "Scrolls the preview down.",
            isVisible: { $0.panePlacement != .off }
        ),
        Binding(
            .previewUp,
            ["K"],
            in: .list,
            title: "Preview up",
            help: "Scrolls the preview up.",
            isVisible: { $0.panePlacement != .off }
        ),
        Binding(
            .nextTab,
            ["tab", "right", "]"],
            in: .tabs,
            title: "Next tab",
            help: "Opens the tab to the right.",
            hint: 40
        ),
        Binding(
            .previousTab,
            ["shift+tab", "left", "["],
            in: .tabs,
            title: "Previous tab",
            help: "Opens the tab to the left."
        ),
        Binding(.scrollDown, ["j", "down"], in: .text, title: "Down", help: "Moves one line down.", passes: .down),
        Binding(.scrollUp, ["k", "up"], in: .text, title: "Up", help: "Moves one line up.", passes: .up),
        Binding(
            .pageDown,
            ["space", "pgdown"],
            in: .text,
            title: "Next page",
            help: "Moves one page down.",
            passes: .pageDown
        ),
        Binding(
            .followLog,
            ["f"],
            in: .log,
            title: "Follow",
            help: "Keeps the end of the log in sight, or stands still.",
            passes: "f",
            hint: 10
        ),
        Binding(.searchLog, ["/"], in: .log, title: "Search", help: "Searches the log.", passes: "/", hint: 11),
        Binding(.findOlder, ["n"], in: .log, title: "Older match", help: "Goes to the match above.", passes: "n"),
        Binding(.findNewer, ["N"], in: .log, title: "Newer match", help: "Goes to the match below.", passes: "N"),
        Binding(
            .chooseLogSource,
            ["s"],
            in: .log,
            title: "Source",
            help: "Shows only the executor's lines, or a worker's.",
            hint: 11
        ),
        Binding(
            .chooseLogLevel,
            ["v"],
            in: .log,
            title: "Level",
            help: "Shows warnings and errors, errors only, or all lines.",
            hint: 11
        ),
        Binding(
            .filterLog,
            ["&"],
            in: .log,
            title: "Only matches",
            help: "Shows only lines with the search text, or all again."
        ),
        Binding(
            .wrapLog,
            ["w"],
            in: .log,
            title: "Wrap",
            help: "Wraps long lines, or cuts them so that they can be scrolled sideways.",
            passes: "w",
            hint: 12
        ),
        Binding(
            .showLogTimes,
            ["t"],
            in: .log,
            title: "Times",
            help: "Shows the time of each line, or hides it.",
            passes: "t"
        ),
        Binding(
            .shiftLogLeft,
            ["shift+left"],
            in: .log,
            title: "Left",
            help: "Scrolls lines that are not wrapped to the left.",
            passes: Key(.left, .shift)
        ),
        Binding(
            .shiftLogRight,
            ["shift+right"],
            in: .log,
            title: "Right",
            help: "Scrolls lines that are not wrapped to the right.",
            passes: Key(.right, .shift)
        ),
        Binding(
            .submit,
            ["ctrl+s", "f10"],
            in: .form,
            title: "Save",
            help: "Checks the form and does what it is for.",
            hint: 0
        ),
    ]
}
