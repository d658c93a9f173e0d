import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio schedule create`.
struct ScheduleCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a schedule, or change the one of that name.",
        discussion: "Example: batchstudio schedule create -f nightly.yml"
    )

    @Option(name: [.short, .long], help: "The schedule's name.")
    var name: String?

    @Option(help: "The endpoint whose jobs it starts.", completion: .names(of: .endpoint))
    var endpoint: String?

    @Option(help: "The input of its jobs.", completion: .directory)
    var input: String?

    @Option(help: "When it starts them: minutes, hours, days, months, days of the week.")
    var cron: String?

    @Option(help: "The clocks of the times: Europe/Berlin; without one, UTC.")
    var timeZone: String?

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let document = try source.document(
            in: session,
            flags: [
                "trigger.type": cron == nil ? nil : "cron", "trigger.expression": cron, "trigger.time_zone": timeZone,
                "create_job.endpoint_name": endpoint,
                "create_job.inputs.input.path": input.map(session.absoluteIfLocal),
            ]
        )
        let schedule = try ScheduleManifest.read(document, name: name, ScheduleManifest.Surroundings(session))
        try session.answer(ScheduleNoun.output(try await session.openStudio().saveSchedule(schedule)))
    }
}
