import ArgumentParser
import BatchDomain
import BatchManifest
import Logging
import StudioCore

/// Carries out `batchstudio data preview`.
struct DataPreviewCommand: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show the first rows of data, its columns, and how they fit a model.",
        discussion: """
            Example: batchstudio data preview ./unlabeled --model wine --set read_options.delimiter=";"

            Ends with 1 when a column that the model needs is missing or does not fit.
            """
    )

    @Argument(
        help: "What to read, as batch-endpoint invoke takes it: a folder, a file, azureml:NAME@latest.",
        completion: .directory
    )
    var input: String

    @Option(
        help: "uri_folder, uri_file or mltable; without one, what the input is.",
        completion: .list(DataAsset.Kind.allCases.map(\.rawValue))
    )
    var inputType: String?

    @Option(
        help: "The model whose signature the columns are compared with: NAME or NAME:VERSION.",
        completion: .names(of: .model)
    )
    var model: String?

    @Flag(inversion: .prefixedNo, help: "Look into folders within the input.")
    var recursive: Bool?

    @Option(help: "Rows to show.")
    var rows = 10

    @Option(parsing: .upToNextOption, help: "How the files are read: read_options.KEY=VALUE.")
    var set: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let request = try request(in: session)
        let preview = try await session.openStudio().previewData(request) { session.logger.info("\($0)") }
        try session.answer(Output(preview, hasModel: model != nil), default: .table)
        if !preview.isFit { throw ExitCode(1) }
    }

    private func request(in session: Session) throws -> DataPreviewRequest {
        var request = DataPreviewRequest(input: .local(""), isRecursive: recursive, rows: rows)
        try Problems.collected { problems in
            problems.attempt {
                request.input = try DataReference(input, field: "INPUT")
            }
            problems.attempt { request.inputKind = try InputOptions.kind(inputType) }
            problems.attempt { request.model = try model.map { try AssetReference($0, field: "--model") } }
            problems.attempt {
                let example = "'read_options.delimiter=;'"
                let assignments = try Assignment.read(set, flag: "--set", example: example)
                for other in assignments where other.readOption == nil {
                    throw Problem(field: "--set", value: other.key, rule: "must be a read option", example: example)
                }
                request.readOptions = try assignments.readOptions()
            }
            if rows < 1 {
                problems.attempt {
                    throw Problem(
                        field: "--rows",
                        value: String(rows),
                        rule: "must be a whole number, 1 or more",
                        example: "10"
                    )
                }
            }
        }
        return request
    }
}
