import ArgumentParser
import BatchDomain
import Foundation
import SystemKit

/// Carries out `batchstudio completion`.
struct CompletionPrint: StudioCommand {
    /// The shells.
    enum Shell: String, CaseIterable, ExpressibleByArgument, Sendable {
        case bash
        case zsh
        case fish

        /// Where the shell looks for a user's completions, in the user's data or configuration folder.
        func file(environment: [String: String]) -> String {
            let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
            func folder(_ variable: String, _ usual: String) -> String {
                environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/\(usual)"
            }
            return switch self {
            case .bash: folder("XDG_DATA_HOME", ".local/share") + "/bash-completion/completions/batchstudio"
            case .zsh: folder("XDG_DATA_HOME", ".local/share") + "/zsh/site-functions/_batchstudio"
            case .fish: folder("XDG_CONFIG_HOME", ".config") + "/fish/completions/batchstudio.fish"
            }
        }

        /// What is left to do so that the shell finds the file.
        func remark(_ file: String) -> String {
            switch self {
            case .bash: "Start a new shell; it needs the package bash-completion."
            case .fish: "Start a new shell."
            case .zsh:
                "Put this line before compinit in ~/.zshrc, if it is not there, and start a new shell:\n  "
                    + "fpath+=(\(file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }))"
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print the completions for a shell, or install them for you alone.",
        discussion: """
            Examples:
              batchstudio completion bash --install
              source <(batchstudio completion zsh)
            """
    )

    @Argument(help: "The shell: bash, zsh or fish.")
    var shell: Shell

    @Flag(help: "Write them where the shell looks for a user's own.")
    var install = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let script = BatchStudio.completionScript(for: CompletionShell(rawValue: shell.rawValue) ?? .bash) + "\n"
        guard install else { return session.console.output.write(script) }
        let file = shell.file(environment: session.surroundings.environment)
        let folder = file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try DurableFile.write(script.utf8, to: file, permissions: 0o644)
        session.report("Installed: \(file). \(shell.remark(file))")
    }
}
