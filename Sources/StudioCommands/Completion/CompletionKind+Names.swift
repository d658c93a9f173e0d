import ArgumentParser
import BatchDomain
import Foundation
import Logging
import StudioCore
import StudioLog

extension CompletionKind {
    /// The names of one kind of thing in the workspace that the command line or the environment names.
    static func names(of kind: NamedThing) -> CompletionKind {
        .custom { words, _, prefix async in
            let caller = Surroundings.live.caller
            let folder = WorkspaceFolder.resolve(
                named: value(of: ["--workspace"], in: words)
                    ?? (try? ConfigFile(environment: caller.environment))?.workspace(environment: caller.environment),
                environment: caller.environment,
                currentDirectory: caller.currentDirectory
            )
            // A completion creates no workspace.
            guard let studio = try? Studio(openingExisting: folder, for: caller, logger: .silent) else { return [] }
            let endpoint = value(of: ["--endpoint-name", "-e", "--name", "-n"], in: words)
            let names = try? await studio.names(of: kind, endpoint: endpoint)
            return (names ?? []).filter { $0.hasPrefix(prefix) }
        }
    }

    private static func value(of flags: [String], in words: [String]) -> String? {
        for flag in flags {
            if let word = words.last(where: { $0.hasPrefix("--") && $0.hasPrefix(flag + "=") }) {
                return String(word.dropFirst(flag.count + 1))
            }
            guard let index = words.firstIndex(of: flag), index + 1 < words.count else { continue }
            return words[index + 1]
        }
        return nil
    }
}
