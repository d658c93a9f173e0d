import TerminalKit

extension Keymap {
    /// The bindings as they are without a user's file.
    static let standard: [Binding] = everywhere + widgets + endpoints + assets + jobs + wizards

    private static let everywhere: [Binding] = [
        Binding(
            .help,
            ["?", "f1"],
            in: .everywhere,
            title: "Help",
            help: "Shows the keys that work here, and why some do not.",
            hint: 90
        ),
        Binding(
            .palette,
            [":", "ctrl+p"],
            in: .everywhere,
            title: "Command",
            help: "Runs any command by its name.",
            hint: 80
        ),
        Binding(
            .back,
            ["esc", "backspace"],
            in: .everywhere,
            title: "Back",
            help: "Goes back to the page before; first takes a filter or a search away.",
            hint: 70,
            isVisible: { $0.screens.count > 1 },
            disabledReason: { $0.screens.count > 1 ? nil : "This is a first page; q leaves the studio." }
        ),
        Binding(
            .leave,
            ["q"],
            in: .everywhere,
            title: "Back or quit",
            help: "Goes back to the page before; from a first page, leaves the studio. Jobs go on.",
            hint: 95
        ),
        Binding(.quit, ["ctrl+c", "ctrl+q"], in: .everywhere, title: "Quit", help: "Leaves the studio. Jobs go on."),
        Binding(
            .goEndpoints,
            ["1"],
            in: .everywhere,
            title: "Endpoints",
            help: "Opens the list of endpoints."
        ),
        Binding(.goModels, ["2"], in: .everywhere, title: "Models", help: "Opens the list of models."),
        Binding(.goData, ["3"], in: .everywhere, title: "Data", help: "Opens the list of data assets."),
        Binding(
            .goEnvironments,
            ["4"],
            in: .everywhere,
            title: "Environments",
            help: "Opens the list of environments."
        ),
        Binding(.goCompute, ["5"], in: .everywhere, title: "Compute", help: "Opens the list of compute targets."),
        Binding(.goJobs, ["6"], in: .everywhere, title: "Jobs", help: "Opens the list of jobs, the newest first."),
        Binding(
            .refresh,
            ["ctrl+r", "f5"],
            in: .everywhere,
            title: "Refresh",
            help: "Loads the page anew; it also follows the workspace by itself."
        ),
        Binding(
            .errorLog,
            ["ctrl+l"],
            in: .everywhere,
            title: "Error log",
            help: "Lists what went wrong since the studio was opened."
        ),
        Binding(
            .dismissToast,
            ["ctrl+x"],
            in: .everywhere,
            title: "Dismiss message",
            help: "Takes the newest message in the corner away.",
            disabledReason: { $0.toasts.isEmpty ? "There is no message." : nil }
        ),
        Binding(
            .chooseTheme,
            ["T"],
            in: .everywhere,
            title: "Theme",
            help: "Chooses the colours, shown as one moves through the list."
        ),
        Binding(
            .suspend,
            ["ctrl+z"],
            in: .everywhere,
            title: "Suspend",
            help: "Gives the terminal back to the shell; fg returns."
        ),
    ]

    /// What tables, tabs, texts and logs do by themselves.
    private static let widgets: [Binding] = [
        Binding(
            .open,
            ["enter"],
            in: .table,
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
            .sort,
            ["s"],
            in: .table,
            title: "Sort",
            help: "Sorts by the next column; a click on a column's title sorts by it.",
            passes: "s",
            hint: 60
        ),
        Binding(.reverseSort, ["S"], in: .table, title: "Reverse", help: "Turns the order round.", passes: "S"),
        Binding(.down, ["j", "down"], in: .table, title: "Down", help: "Moves one row down.", passes: .down),
        Binding(.up, ["k", "up"], in: .table, title: "Up", help: "Moves one row up.", passes: .up),
        Binding(.top, ["g", "home"], in: .table, title: "First", help: "Moves to the first row.", passes: .home),
        Binding(.bottom, ["G", "end"], in: .table, title: "Last", help: "Moves to the last row.", passes: .end),
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
            .submit,
            ["ctrl+s", "f10"],
            in: .form,
            title: "Save",
            help: "Checks the form and does what it is for.",
            hint: 0
        ),
    ]
}
