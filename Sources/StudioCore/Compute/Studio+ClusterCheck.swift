package import BatchDomain
import BatchExecutor
import BatchWorkers
import BatchWorkspace
import Foundation

extension Studio {
    /// Checks the Ray clusters among a workspace's compute targets; none where there is no workspace.
    ///
    /// - Returns: Findings that are notes at worst: jobs on this machine need no cluster.
    static func checkClusters(_ folder: WorkspaceFolder, for caller: Caller) async -> [Finding] {
        guard Workspace.exists(folder), let workspace = try? Workspace(opening: folder),
            let targets = try? await workspace.computeTargets()
        else { return [] }
        var findings: [Finding] = []
        for target in targets where target.cluster != nil {
            findings += await check(target, in: folder, for: caller).map { finding in
                var finding = finding
                if finding.state == .missing { finding.state = .note }
                return finding
            }
        }
        return findings
    }

    /// Checks a Ray cluster: versions, nodes and what they offer, whether a worker starts, whether nodes see the workspace.
    ///
    /// - Returns: A finding a check; one for other compute targets, whose jobs run on this machine.
    package static func check(
        _ target: ComputeTarget,
        in folder: WorkspaceFolder,
        for caller: Caller
    ) async -> [Finding] {
        guard let cluster = target.cluster else {
            return [
                Finding(
                    name: target.name,
                    state: .ok,
                    found: "Jobs run on this machine.",
                    advice: "`batchstudio doctor` checks it."
                )
            ]
        }
        do {
            let request = ClusterDriver.environment(of: cluster, named: target.name)
            let python = try await EnvironmentBuilder.provide(request, caller.environment) { _ in }
            let driver = await ClusterDriver(named: target.name, cluster, python: python, variables: caller.environment)
            let runtime = try RuntimeFiles.install(in: CacheFolder(variables: caller.environment).path)
            let found = try await ClusterCheck(driver, runtime: runtime, variables: caller.environment)
                .run(probe: folder.database)
            return found.map { finding in
                Finding(
                    name: "\(target.name): \(finding.name)",
                    state: Finding.State(rawValue: finding.state) ?? .note,
                    found: finding.found
                )
            }
        } catch {
            let failure = error as? StudioError ?? StudioError(.environment, "\(error)")
            return [Finding(name: "\(target.name): driver", failure: failure)]
        }
    }
}
