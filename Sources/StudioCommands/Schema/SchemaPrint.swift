import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio schema`.
struct SchemaPrint: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a kind of YAML file, for editors and checks.",
        discussion: """
            Examples:
              batchstudio schema deployment > deployment.schema.json
              batchstudio schema --to .batchstudio

            With the first line '# yaml-language-server: $schema=./deployment.schema.json', editors complete and check the file's keys.
            """
    )

    @Argument(
        help: "The kind of file: \(ManifestKind.allCases.map(\.rawValue).joined(separator: ", ")).",
        completion: .list(ManifestKind.allCases.map(\.rawValue))
    )
    var kind: String?

    @Option(help: "Write the schemas of all kinds into this folder, each as KIND.schema.json.", completion: .directory)
    var to: String?

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        switch (kind, to) {
        case (let kind?, nil): try session.answer(Self.kind(named: kind).schema())
        case (nil, let folder?): try write(into: session.absolute(folder), session)
        case (_?, _?), (nil, nil):
            throw BatchDomain.ValidationError(
                Problem(field: "KIND", rule: "must be given, or --to for all kinds, not both", example: "deployment")
            )
        }
    }

    private func write(into folder: String, _ session: Session) throws {
        let files = try ManifestKind.allCases.map { try $0.writeSchema(into: folder) }
        let values = files.map { ManifestValue.mapping([.init("path", .string($0))]) }
        try session.answer(Output(list: values, columns: [TableColumn("Path", "path")]), default: .table)
    }

    private static func kind(named name: String) throws -> ManifestKind {
        if let kind = ManifestKind(rawValue: name) { return kind }
        let kinds = ManifestKind.allCases.map(\.rawValue)
        let near = NearestKey.of(name, among: kinds).map { "; did you mean '\($0)'?" } ?? ""
        throw BatchDomain.ValidationError(
            Problem(field: "KIND", value: name, rule: "must be one of \(kinds.joined(separator: ", "))\(near)")
        )
    }
}
