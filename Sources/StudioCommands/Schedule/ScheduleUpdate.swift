import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio schedule update`.
struct ScheduleUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a schedule: its trigger, its job, its rules.",
        discussion: "Example: batchstudio schedule update -n nightly --set trigger.expression='30 3 * * *'"
    )

    @Option(name: [.short, .long], help: "The schedule's name.", completion: .names(of: .schedule))
    var name: String

    @OptionGroup var source: FileOptions
    @OptionGroup var changes: UpdateOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let changed = try await session.openStudio().updateSchedule(name) { old in
            let base =
                if let file = source.file {
                    try changes.changed(session.document(file), of: file)
                } else {
                    try changes.changed(ManifestValue(old), of: "schedule \(name)")
                }
            let document = try source.changed(base, flags: ["name": name], forceString: changes.forceString)
            return try ScheduleManifest.read(document, ScheduleManifest.Surroundings(session))
        }
        try session.answer(ScheduleNoun.output(changed))
    }
}
