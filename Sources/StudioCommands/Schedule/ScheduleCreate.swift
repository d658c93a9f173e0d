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

    @Flag(help: "Start them when files arrive in the input; they score what is new.")
    var onArrival = false

    @Flag(help: "Leave out the files that a Completed job of the same endpoint and model version has scored.")
    var newOnly = false

    @Option(help: "The clocks of the times: Europe/Berlin; without one, UTC.")
    var timeZone: String?

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        if onArrival, cron != nil { throw Problem(field: "--on-arrival", rule: "can't be given together with --cron") }
        let type = onArrival ? "arrival" : cron == nil ? nil : "cron"
        let document = try source.document(
            in: session,
            flags: [
                "trigger.type": type, "trigger.expression": cron, "trigger.time_zone": timeZone,
                "create_job.endpoint_name": endpoint,
                "create_job.inputs.input.path": input.map(session.absoluteIfLocal),
                "create_job.inputs.input.new_only": newOnly ? "true" : nil,
            ]
        )
        let schedule = try ScheduleManifest.read(document, name: name, ScheduleManifest.Surroundings(session))
        try session.answer(ScheduleNoun.output(try await session.openStudio().saveSchedule(schedule)))
    }
}
