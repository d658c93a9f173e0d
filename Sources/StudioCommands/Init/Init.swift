import ArgumentParser
import BatchManifest
import StudioCore

/// Carries out `batchstudio init`.
struct Init: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write endpoint.yml, deployment.yml and data.yml for an MLflow model; what exists stays.",
        discussion: """
            Examples:
              batchstudio init
              batchstudio init scoring --model ./model --data ./wines
            """
    )

    @Argument(help: "The folder of the files; the current one where it is not given.", completion: .directory)
    var folder = "."

    @Option(help: "The folder of the MLflow model; else the only one in the folder.", completion: .directory)
    var model: String?

    @Option(help: "The files to score; else data, input, inputs or unlabeled in the folder.", completion: .directory)
    var data: String?

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let draft = ProjectDraft(folder: folder, model: model, data: data)
        let report = try Studio.createProject(draft, for: session.surroundings.caller)
        let files = report.parts.map { part -> ManifestValue in
            ["path": .string(part.path), "status": part.isNew ? "created" : "exists already"]
        }
        try session.answer(
            Output(list: files, columns: [TableColumn("Path", "path"), TableColumn("Status", "status")]),
            default: .table
        )
        session.note("The model is \(report.model).")
        if !report.hasData { session.note("There are no files to score yet: data.yml names where they are expected.") }
        session.note(
            """
            Create them and start a job, in the folder of the files:
              batchstudio batch-endpoint create -f endpoint.yml
              batchstudio batch-deployment create -f deployment.yml --set-default
              batchstudio data create -f data.yml
              batchstudio batch-endpoint invoke -n \(report.endpoint) --input azureml:\(report.data)@latest
            """
        )
    }
}
