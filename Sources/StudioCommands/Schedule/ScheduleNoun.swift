import BatchDomain
import BatchManifest
import StudioCore

/// `batchstudio schedule …`.
enum ScheduleNoun: ResourceNoun {
    static let command = "schedule"
    static let names = NamedThing.schedule
    static let title = "schedule"
    static let showing = "Show a schedule and when it runs next."
    static let deletion = "Delete a schedule and its history; its jobs stay."
    static let columns = [
        TableColumn("Name", "name"), TableColumn("Enabled", "is_enabled"),
        TableColumn("Trigger", "batchstudio.trigger"),
        TableColumn("Endpoint", "create_job.endpoint_name"), TableColumn("NextRun", "batchstudio.next_run"),
    ]

    static func value(of schedule: Schedule) -> ManifestValue { ManifestValue(schedule) }

    static func thing(_ name: String, in studio: Studio) async throws -> Schedule { try await studio.schedule(name) }

    static func delete(_ name: String, in studio: Studio) async throws { try await studio.deleteSchedule(name) }
}

extension ScheduleManifest.Surroundings {
    /// Those of a command.
    init(_ session: Session) {
        self.init(now: session.surroundings.now(), timeZones: Studio.timeZones)
    }
}
