import ArgumentParser
import BatchDomain
import BatchWorkspace
import Foundation

extension CompletionKind {
    /// The things of a workspace that a shell can complete.
    enum Noun: Sendable {
        case model
        case data
        case environment
        case compute
        case endpoint
        case deployment
        case job
    }

    /// The names of one kind of thing in the workspace that the command line or the environment names.
    static func names(of noun: Noun) -> CompletionKind {
        .custom { words, _, prefix async in
            let folder = WorkspaceFolder.resolve(
                named: value(of: ["--workspace"], in: words),
                environment: ProcessInfo.processInfo.environment,
                currentDirectory: FileManager.default.currentDirectoryPath
            )
            // A look at names makes no workspace.
            guard FileManager.default.fileExists(atPath: folder.database) else { return [] }
            guard let workspace = try? Workspace(opening: folder) else { return [] }
            let endpoint = value(of: ["--endpoint-name", "-e", "--name", "-n"], in: words)
            let names = try? await workspace.names(of: noun, endpoint: endpoint)
            return (names ?? []).filter { $0.hasPrefix(prefix) }
        }
    }

    private static func value(of flags: [String], in words: [String]) -> String? {
        for flag in flags {
            guard let index = words.firstIndex(of: flag), index + 1 < words.count else { continue }
            return words[index + 1]
        }
        return nil
    }
}

extension Workspace {
    fileprivate func names(of noun: CompletionKind.Noun, endpoint: String?) async throws -> [String] {
        switch noun {
        // What is archived can be shown and restored, so its name completes too.
        case .model: try await models(named: nil, .all).map(\.name)
        case .data: try await dataAssets(named: nil, .all).map(\.name)
        case .environment: try await environments(named: nil, .all).map(\.name)
        case .compute: try await computeTargets().map(\.name)
        case .endpoint: try await endpoints().map(\.name)
        case .deployment: try await deployments(of: endpoint ?? "").map(\.name)
        case .job: try await jobs(JobFilter(limit: 50)).map(\.name)
        }
    }
}
