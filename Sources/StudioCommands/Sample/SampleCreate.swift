import ArgumentParser
import BatchDomain
import BatchManifest
import Logging
import StudioCore

/// Carries out `batchstudio sample create`.
struct SampleCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Train a small model, and make an endpoint for it with data to score; what exists stays.",
        discussion: "Example: batchstudio sample create"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let sample = try await session.openStudio().createSample { line in
            // A line for each package is for users who ask for more.
            line.hasPrefix("  uv:  + ") ? session.logger.info("\(line)") : session.report(line)
        }
        let values = sample.parts.map { part -> ManifestValue in
            [
                "kind": .string(part.kind), "name": .string(part.name),
                "status": part.isNew ? "created" : "exists already",
            ]
        }
        let columns = [TableColumn("Kind", "kind"), TableColumn("Name", "name"), TableColumn("Status", "status")]
        try session.answer(Output(list: values, columns: columns), default: .table)
        session.note(
            "Score the data with: batchstudio batch-endpoint invoke -n \(sample.endpoint) --input azureml:\(sample.data)@latest"
        )
    }
}
