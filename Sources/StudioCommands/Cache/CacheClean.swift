import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio cache clean`.
struct CacheClean: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove environments, runtimes and downloaded inputs that no process uses.",
        discussion: """
            Examples:
              batchstudio cache clean --unused-for 30 --dry-run
              batchstudio cache clean --kind environment

            What a running job or executor uses stays. The next job that needs an environment builds it again, which takes its time and the \
            package index.
            """
    )

    @Option(parsing: .upToNextOption, help: "The kinds to remove; all where it is not given.")
    var kind: [CachePart.Kind] = []

    @Option(help: "Remove only what was not used for so many days.")
    var unusedFor: Int?

    @Flag(help: "Show what would be removed; remove nothing.")
    var dryRun = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        if let unusedFor, unusedFor < 0 {
            throw BatchDomain.ValidationError(
                Problem(field: "--unused-for", value: String(unusedFor), rule: "must be a number of days, 0 or more")
            )
        }
        let cleaning = CacheCleaning(
            kinds: Set(kind.isEmpty ? CachePart.Kind.allCases : kind),
            unusedDays: unusedFor,
            isDryRun: dryRun
        )
        let surroundings = session.surroundings
        let cleaned = try await Studio.cleanCache(
            cleaning,
            of: session.folder,
            for: surroundings.caller,
            now: surroundings.now()
        )
        let values = cleaned.map { cleaned -> ManifestValue in
            [
                "kind": .string(cleaned.part.kind.rawValue), "name": .string(cleaned.part.name),
                "outcome": .string(cleaned.outcome.rawValue), "size": .string(ByteSize.text(cleaned.freedBytes)),
                "freed_bytes": .int(cleaned.freedBytes), "for": .string(cleaned.part.purpose),
                "path": .string(cleaned.part.path),
            ]
        }
        let columns = [
            TableColumn("Kind", "kind"), TableColumn("Name", "name"), TableColumn("Outcome", "outcome"),
            TableColumn("Size", "size"), TableColumn("For", "for"),
        ]
        try session.answer(Output(list: values, columns: columns), default: .table)
        let freed = ByteSize.text(cleaned.reduce(0) { $0 + $1.freedBytes })
        session.note(dryRun ? "\(freed) would be removed." : "\(freed) removed.")
    }
}
