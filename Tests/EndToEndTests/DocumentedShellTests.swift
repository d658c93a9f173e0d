import Foundation
import TestSupport
import Testing

/// The shell blocks of the documentation, run by a shell: all but those that are marked with the reason why they are not.
@Suite(.serialized)
struct DocumentedShellTests {
    private static let pages = DocumentedShell.pages.filter { page in
        (try? DocumentedShell.blocks(of: page))?.contains { $0.obstacle == nil } != false
    }

    /// Writes what the blocks name: a model, files to score, and the YAML files.
    private static func prepare(_ program: Program) throws {
        let script = Repository.folder + "/Tests/EndToEndTests/make_split_cases.py"
        _ = try program.succeed(try Repository.python(), [script, program.folder, "linear", "50"])
        for name in ["wines", "unlabeled"] {
            try FileManager.default.copyItem(atPath: program.folder + "/input", toPath: "\(program.folder)/\(name)")
        }
        try write("name: wine-unlabeled\ntype: uri_folder\npath: ./unlabeled\n", to: program.folder + "/data.yml")
        try write(
            "name: wine-mlflow\ntype: model\nmodel: azureml:wine@latest\ncompute: azureml:local\ntags: {team: cellar}\n",
            to: program.folder + "/deployment.yml"
        )
        try write(try DocumentedShell.block(of: "yaml", in: "docs/schedules.md"), to: program.folder + "/nightly.yml")
        let cluster = try DocumentedShell.block(of: "yaml", in: "docs/clusters.md")
        try write(cluster.replacing(/address: .*/, with: "address: local"), to: program.folder + "/cluster.yml")
    }

    /// What the reader of a page has done before its blocks.
    private static func beginning(of page: String) -> String {
        if ["README.md", "docs/commands.md"].contains(page) { return "" }
        let endpoint = """
            batchstudio model create --name wine --type mlflow_model --path ./model
            batchstudio data create -f data.yml
            batchstudio batch-endpoint create -n wine-batch
            batchstudio batch-deployment create -f deployment.yml --endpoint-name wine-batch --set-default

            """
        return switch page {
        case "docs/failures.md":
            // A job that has ended before its time.
            endpoint + """
                JOB=$(batchstudio batch-endpoint invoke -n wine-batch --input ./unlabeled --query name -o tsv)
                batchstudio job cancel -n $JOB
                batchstudio job stream -n $JOB || true

                """
        case "docs/inputs.md":
            // Files with the delimiter and the decimal comma of the page.
            endpoint + "rm unlabeled/*\nprintf 'a;b;c;note;count\\n12,5;1,0;2;x;3\\n' > unlabeled/a.csv\n"
        default: endpoint
        }
    }

    /// A block with what it names on this machine in place of a reader's.
    private static func runnable(_ block: String) -> String {
        let block = block.replacing("-n JOB ", with: "-n $JOB ").replacing("/data/wines", with: "./wines")
        // In folders of their own: a project, the user's home, a cache that may be emptied.
        if block.contains("init ") { return "(mkdir p; cp -r model wines p; cd p\n\(block))" }
        if block.contains("~/") { return "(export HOME=$PWD/h; mkdir -p \(Self.folders)\n\(block))" }
        return block.contains("cache clean")
            ? "(export XDG_CACHE_HOME=$PWD/cache; mkdir cache\n\(block))" : block
    }

    /// The folders of the user's home that the documentation names.
    private static let folders =
        "~/.local/share/bash-completion/completions ~/.zsh/completions ~/.config/fish/completions"

    /// Runs a script in one shell, which ends at the first command that fails.
    private static func run(_ script: String, in program: Program) throws -> Program.Result {
        let script = """
            set -eo pipefail
            batchstudio() { "$PROGRAM" "$@"; }
            \(script)
            """
        try write(script, to: program.folder + "/blocks.sh")
        return try program.shell("PROGRAM=\"$B\" bash ./blocks.sh")
    }

    @Test func `Pages have blocks, and few are not run`() throws {
        let blocks = try DocumentedShell.pages.flatMap { try DocumentedShell.blocks(of: $0) }
        #expect(Set(Self.pages).isSuperset(of: ["README.md", "docs/commands.md", "docs/clusters.md"]))
        #expect(blocks.count > 20)
        #expect(blocks.count { $0.obstacle != nil } == 4)
        // Otherwise a block of commands would be one that no test sees.
        for page in DocumentedShell.pages {
            let plain = try String(contentsOfFile: Repository.folder + "/" + page, encoding: .utf8)
            #expect(!plain.contains("```\nbatchstudio "), "\(page)")
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: pages)
    func `The shell blocks of a page run in their order`(page: String) async throws {
        try await Program.with { program in
            try Self.prepare(program)
            let blocks = try DocumentedShell.blocks(of: page).filter { $0.obstacle == nil }.map(\.text)
            let script = ([Self.beginning(of: page)] + blocks.map(Self.runnable)).joined(separator: "\n")
            let result = try Self.run(script, in: program)
            #expect(result.exitCode == 0, "\(result.error)")
            for file in Self.results[page] ?? [] {
                #expect(FileManager.default.fileExists(atPath: program.folder + "/" + file), "\(file)")
            }
            let ending = "batchstudio job list --query \"[?status=='Running' || status=='Queued'].name\" -o tsv"
            _ = try Self.run("for job in $(\(ending)); do batchstudio job cancel -n $job; done", in: program)
        }
    }

    /// What the blocks of pages leave.
    private static let results = [
        "README.md": ["predictions.csv", "named-outputs/score/predictions.csv"],
        "docs/commands.md": ["h/.zsh/completions/_batchstudio", "job.yml"],
        "docs/workspaces.md": ["h/backup-2026-11-29/studio.sqlite"],
    ]
}
