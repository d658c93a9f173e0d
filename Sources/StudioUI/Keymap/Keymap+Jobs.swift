import TerminalKit

extension Keymap {
    static let jobs: [Binding] = [
        Binding(
            .runAgain,
            ["r"],
            in: .home,
            .endpoints,
            .jobs,
            .runs,
            title: "Run again",
            help: "Starts a job with the input and settings of the selected one; of an endpoint, of its last one.",
            hint: 9
        ),
        Binding(
            .showResults,
            ["o"],
            in: .home,
            .endpoints,
            .jobs,
            .runs,
            title: "Results",
            help: "Opens the output of the selected job; of an endpoint, of its last one.",
            hint: 14
        ),
        Binding(
            .showLog,
            ["l"],
            in: .home,
            .endpoints,
            .jobs,
            .runs,
            title: "Log",
            help: "Opens the log of the selected job; of an endpoint, of its last one.",
            hint: 15
        ),
        Binding(
            .cancelJob,
            ["x"],
            in: .home,
            .jobs,
            .runs,
            .job,
            title: "Cancel",
            help: "Stops a job; what it has scored is kept, so that it can be resumed.",
            isDangerous: true,
            hint: 10
        ),
        Binding(
            .resumeJob,
            ["R"],
            in: .home,
            .jobs,
            .runs,
            .job,
            title: "Resume",
            help: "Puts a canceled or failed job back in the queue; finished mini-batches are not scored again.",
            hint: 12
        ),
        Binding(
            .retryFailed,
            ["F"],
            in: .home,
            .jobs,
            .runs,
            .job,
            title: "Retry failed files",
            help: "Starts a job that scores what an ended one has not, and writes the complete output.",
            hint: 13
        ),
        Binding(
            .cloneJob,
            ["C"],
            in: .jobs,
            .runs,
            .job,
            title: "Clone",
            help: "Steps through a new job that begins with this one's input and settings.",
            hint: 13
        ),
        Binding(
            .deleteJob,
            ["D"],
            in: .jobs,
            .runs,
            .job,
            title: "Delete",
            help: "Deletes a job that has ended, and its logs; its output stays.",
            isDangerous: true,
            hint: 60
        ),
        Binding(
            .openMiniBatch,
            ["b"],
            in: .jobOverview,
            .log,
            .failures,
            title: "Mini-batch",
            help: "Opens the mini-batch of the line or file; on the first tab, one that failed or is scored.",
            hint: 16
        ),
        Binding(
            .nextMiniBatch,
            ["]", "right"],
            in: .miniBatch,
            title: "Next",
            help: "Opens the next mini-batch.",
            hint: 1
        ),
        Binding(
            .previousMiniBatch,
            ["[", "left"],
            in: .miniBatch,
            title: "Previous",
            help: "Opens the mini-batch before.",
            hint: 2
        ),
        Binding(
            .showMiniBatchLog,
            ["l"],
            in: .miniBatch,
            title: "Log",
            help: "Opens the job's log where the mini-batch began.",
            hint: 3
        ),
        Binding(
            .openOutput,
            ["o"],
            in: .job,
            .outputs,
            .output,
            title: "Open in pager",
            help: "Shows the output file in $PAGER, or less.",
            hint: 14
        ),
    ]
}
