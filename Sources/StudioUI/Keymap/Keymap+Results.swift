import TerminalKit

extension Keymap {
    /// The bindings of a job's results.
    static let results: [Binding] = [
        Binding(
            .compareJobs,
            ["="],
            in: .jobs,
            .runs,
            title: "Compare",
            help: "Compares the predictions of two marked jobs; the older one is the reference."
        ),
        Binding(
            .setBaseline,
            ["b"],
            in: .jobs,
            .runs,
            .results,
            .outputs,
            title: "Baseline",
            help: "Makes a completed job the one that later jobs of its endpoint are compared with; again, no longer.",
            hint: 17
        ),
        // On other tabs of a job b opens the mini-batch.
        Binding(
            .setBaseline,
            ["B"],
            in: .job,
            title: "Baseline",
            help: "Makes a completed job the one that later jobs of its endpoint are compared with; again, no longer."
        ),
        Binding(
            .writeReport,
            ["O"],
            in: .jobs,
            .runs,
            .job,
            title: "Report",
            help: "Writes a report of a job that has ended, and opens it in the browser where there is one."
        ),
        Binding(
            .nextColumn,
            [">", "shift+right"],
            in: .results,
            title: "Next column",
            help: "Selects the column to the right, and shows its profile.",
            hint: 2
        ),
        Binding(
            .previousColumn,
            ["<", "shift+left"],
            in: .results,
            title: "Previous column",
            help: "Selects the column to the left, and shows its profile.",
            hint: 3
        ),
        Binding(
            .searchRows,
            ["/"],
            in: .results,
            title: "Search",
            help: "Searches the whole output file for a text; n and N go to the next row with it and the one before.",
            hint: 4
        ),
        Binding(
            .goToRow,
            ["#"],
            in: .results,
            title: "Go to row",
            help: "Moves to the row of a number, from 0.",
            hint: 5
        ),
        Binding(
            .showProfile,
            ["p"],
            in: .results,
            title: "Profile",
            help:
                "Shows the profile of the selected column in the place of the rows, in a window without room for both.",
            hint: 6,
            isVisible: { $0.size.width < ResultsPane.wideWidth },
            disabledReason: { model in
                model.size.width < ResultsPane.wideWidth ? nil : "Rows and profile are side by side."
            }
        ),
        Binding(
            .nextRow,
            ["]", "right"],
            in: .resultRow,
            title: "Next row",
            help: "Opens the next row of the output.",
            hint: 1
        ),
        Binding(
            .previousRow,
            ["[", "left"],
            in: .resultRow,
            title: "Previous row",
            help: "Opens the row of the output before.",
            hint: 2
        ),
    ]
}
