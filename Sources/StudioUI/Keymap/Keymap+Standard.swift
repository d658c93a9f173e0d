import TerminalKit

extension Keymap {
    /// The bindings as they are without a user's file.
    static let standard: [Binding] =
        everywhere + widgets + endpoints + assets + datastores + schedules + jobs + results
        + wizards

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
            help: "Finds commands, and everything in the workspace, by name.",
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
            disabledReason: { _ in nil }
        ),
        Binding(
            .leave,
            ["q"],
            in: .everywhere,
            title: "Back or quit",
            help: "Goes back to the page before; from a first page, leaves the studio. Jobs keep running.",
            hint: 95
        ),
        Binding(
            .quit,
            ["ctrl+c", "ctrl+q"],
            in: .everywhere,
            title: "Quit",
            help: "Leaves the studio. Jobs keep running."
        ),
        Binding(
            .goHome,
            ["0"],
            in: .everywhere,
            title: "Home",
            help: "Opens the home page: what runs, what failed, the endpoints used last, the disk."
        ),
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
            .goSchedules,
            ["7"],
            in: .everywhere,
            title: "Schedules",
            help: "Opens the list of schedules, which start jobs again and again."
        ),
        Binding(.goDatastores, ["8"], in: .everywhere, title: "Datastores", help: "Opens the list of datastores."),
        Binding(
            .refresh,
            ["ctrl+r", "f5"],
            in: .everywhere,
            title: "Refresh",
            help: "Reloads the page; it also follows the workspace by itself."
        ),
        Binding(
            .messages,
            ["!", "ctrl+l"],
            in: .everywhere,
            title: "Messages",
            help: "Lists the messages and errors since the studio was opened."
        ),
        Binding(
            .dismissToast,
            ["ctrl+x"],
            in: .everywhere,
            title: "Dismiss message",
            help: "Takes the message in the status bar away.",
            disabledReason: { $0.toasts.isEmpty ? "There is no message." : nil }
        ),
        Binding(
            .undo,
            ["u"],
            in: .everywhere,
            title: "Undo",
            help: "Takes back the last archiving, switch of a schedule or change of a default, for ten seconds.",
            hint: 1,
            isVisible: { $0.undo != nil },
            disabledReason: { $0.undo == nil ? "There is nothing to take back." : nil }
        ),
        Binding(
            .toggleNotifications,
            [],
            in: .everywhere,
            title: "Report ended jobs: on or off",
            help: "Rings, and reports on the desktop, when a job ends that was started or watched here.",
            disabledReason: { _ in nil }
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
}
