import BatchDomain
import FoundationEssentials
import TerminalKit

extension ListNoun<ScheduleOverview> {
    /// The list of schedules, each with its last run.
    static var schedules: Self {
        ListNoun(
            section: .schedules,
            context: .schedules,
            emptyText: "No schedules yet. Press c to create one.",
            noRow: "There is no schedule yet; press c to create one.",
            query: { _ in .schedules },
            rows: { if case .schedules(let rows) = $0 { rows } else { nil } },
            name: \.schedule.name,
            route: { .schedule($0.schedule.name) },
            columns: columns,
            preview: { .schedule($0.schedule) },
            creation: (.createSchedule, .createSchedule(endpoint: nil)),
            actions: [
                .triggerSchedule: { ScheduleCommands($0.schedule).trigger },
                .showEndpoint: { ScheduleCommands($0.schedule).showEndpoint },
            ],
            deletion: (.deleteSchedule, { .schedule($0.schedule.name) }),
            changes: [.switchSchedule: { ScheduleCommands.switching($0.map(\.schedule)) }],
            answer: { ScheduleCommands.answer($0, $1) },
            finish: { ScheduleCommands.finish($0, $1) }
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<ScheduleOverview>] {
        [
            TableColumn("Name", .flexible(minimum: 10, weight: 2)) { $0.schedule.name },
            TableColumn("On", .fixed(3), role: { $0.schedule.isEnabled ? .success : .muted }) {
                $0.schedule.isEnabled ? "on" : "off"
            },
            TableColumn("Trigger", .flexible(minimum: 14, weight: 2), importance: 1) { $0.schedule.trigger.words },
            TableColumn("Endpoint", .flexible(minimum: 12), importance: 4) { $0.schedule.target },
            TableColumn(
                "Next run",
                .fixed(12),
                importance: 2,
                role: { $0.schedule.isEnabled ? .text : $0.schedule.disabledReason == nil ? .muted : .warning },
                precedes: { nextAt($0) < nextAt($1) },
                text: { $0.schedule.nextText(scene) }
            ),
            TableColumn(
                "Last run",
                .fixed(16),
                importance: 3,
                role: { $0.lastRun?.role ?? .muted },
                precedes: { lastAt($0) > lastAt($1) },
                text: { lastRun($0, scene) }
            ),
        ]
    }

    private static func nextAt(_ row: ScheduleOverview) -> Date { row.schedule.nextAt ?? .distantFuture }

    private static func lastAt(_ row: ScheduleOverview) -> Date { row.lastRun?.run.dueAt ?? .distantPast }

    private static func lastRun(_ row: ScheduleOverview, _ scene: Scene) -> String {
        guard let last = row.lastRun else { return "–" }
        let time = last.job?.endedAt ?? last.run.dueAt
        return last.label + " " + Figures.ago(scene.now.timeIntervalSince(time))
    }
}
