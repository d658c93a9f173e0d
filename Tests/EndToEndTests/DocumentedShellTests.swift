import Foundation
import TestSupport
import Testing

/// The shell blocks of the documentation, run by a shell.
struct DocumentedShellTests {
    /// The shell blocks of a page that have commands, in their order.
    private static func blocks(of page: String) throws -> [String] {
        try DocumentedShell.blocks(of: page).filter { $0.contains("batchstudio ") }
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
    }

    /// The folders in which the documentation's shells look for completions.
    private static let folders =
        "~/.local/share/bash-completion/completions ~/.zsh/completions ~/.config/fish/completions"

    /// Runs blocks one after another in one shell, which ends at the first command that fails.
    private static func run(_ blocks: [String], in program: Program) throws -> Program.Result {
        let script = """
            set -eo pipefail
            batchstudio() { "$PROGRAM" "$@"; }
            \(blocks.joined(separator: "\n"))
            """
        try write(script, to: program.folder + "/blocks.sh")
        return try program.shell("PROGRAM=\"$B\" bash ./blocks.sh")
    }

    @Test(.timeLimit(.minutes(5)))
    func `The README's own commands lead from a model to its predictions`() async throws {
        try await Program.with { program in
            try Self.prepare(program)
            let blocks = try Self.blocks(of: "README.md").filter {
                $0.contains("score ./model") || $0.contains("job stream")
            }
            #expect(blocks.count == 2)
            let result = try Self.run(blocks, in: program)
            #expect(result.exitCode == 0, "\(result.error)")
            for file in ["predictions.csv", "named-outputs/score/predictions.csv"] {
                #expect(FileManager.default.fileExists(atPath: program.folder + "/" + file), "\(file)")
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `The commands of docs slash commands run in their order`() async throws {
        try await Program.with { program in
            try Self.prepare(program)
            let blocks = try Self.blocks(of: "docs/commands.md").map { block in
                let block = block.replacing("-n JOB ", with: "-n $JOB ")
                // In folders of their own: a project, the user's home, a cache that may be emptied.
                if block.contains("init ") { return "(mkdir p; cp -r model wines p; cd p\n\(block))" }
                if block.contains("~/") { return "(HOME=$PWD/h; mkdir -p \(Self.folders)\n\(block))" }
                return block.contains("cache clean")
                    ? "(export XDG_CACHE_HOME=$PWD/cache; mkdir cache\n\(block))" : block
            }
            #expect(blocks.count > 7)
            let result = try Self.run(blocks, in: program)
            #expect(result.exitCode == 0, "\(result.error)")
            #expect(FileManager.default.fileExists(atPath: program.folder + "/h/.zsh/completions/_batchstudio"))
        }
    }
}
