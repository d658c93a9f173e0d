import TerminalKit

extension Keymap {
    static let schedules: [Binding] = [
        Binding(
            .createSchedule,
            ["c"],
            in: .schedules,
            title: "New schedule",
            help: "Steps through a schedule, which starts jobs of an endpoint again and again.",
            hint: 10
        ),
        Binding(
            .createSchedule,
            ["c"],
            in: .endpoint,
            title: "New schedule",
            help: "Steps through a schedule, which starts jobs of this endpoint again and again.",
            hint: 17
        ),
        Binding(
            .switchSchedule,
            ["space"],
            in: .schedules,
            .schedule,
            title: "Enable or disable",
            help: "Lets the schedule start jobs, or not; of several marked ones, enables those that are not.",
            hint: 11
        ),
        Binding(
            .triggerSchedule,
            ["t"],
            in: .schedules,
            .schedule,
            title: "Trigger now",
            help: "Starts a job of the schedule now, whatever its trigger is.",
            hint: 12
        ),
        Binding(
            .showEndpoint,
            ["e"],
            in: .schedules,
            .schedule,
            title: "Endpoint",
            help: "Opens the trends of the endpoint whose jobs the schedule starts.",
            hint: 14
        ),
        Binding(
            .deleteSchedule,
            ["D"],
            in: .schedules,
            .schedule,
            title: "Delete",
            help: "Deletes a schedule and its history; its jobs and their output stay.",
            isDangerous: true,
            hint: 60
        ),
        // Space enables and disables here.
        Binding(
            .mark,
            ["m"],
            in: .schedules,
            title: "Mark",
            help: "Marks the selected schedule, or takes its mark away; commands are about all marked ones.",
            passes: .space,
            hint: 55
        ),
    ]
}
