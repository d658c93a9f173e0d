import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio job update`.
struct JobUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a job's display name, description and tags.",
        discussion: "Example: batchstudio job update -n JOB --set tags.owner=me"
    )

    @OptionGroup var job: JobOptions
    @OptionGroup var labels: LabelOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let changed = try await studio.updateJob(try await job.name(in: studio, session)) { old in
            let keys = ["display_name", "description", "tags"]
            let new = try labels.changed(ManifestValue(old), of: "job \(old.name)", allowing: keys)
            return JobLabels(displayName: new.displayName, description: new.description, tags: new.tags)
        }
        try session.answer(Output(changed, transitions: try await studio.transitions(of: changed.name)))
    }
}
