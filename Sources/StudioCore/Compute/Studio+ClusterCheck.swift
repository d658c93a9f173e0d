package import BatchDomain
import BatchExecutor
import BatchWorkers
import BatchWorkspace
package import Foundation
import SystemKit

extension Studio {
    /// Checks the Ray clusters among a workspace's compute targets; none where there is no workspace.
    ///
    /// - Returns: Findings that are notes at worst: jobs on this machine need no cluster.
    static func checkClusters(_ folder: WorkspaceFolder, for caller: Caller) async -> [Finding] {
        guard Workspace.exists(folder), let workspace = try? Workspace(opening: folder),
            let targets = try? await workspace.computeTargets()
        else { return [] }
        return await withTaskGroup(of: (Int, [Finding]).self) { group in
            for (place, target) in targets.enumerated() where target.cluster != nil {
                group.addTask { (place, await findings(of: target, in: folder, for: caller)) }
            }
            var found: [(Int, [Finding])] = []
            for await findings in group { found.append(findings) }
            return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    /// The check of a cluster whose driver has its environment; a note for others, since building one or starting a Ray takes long.
    private static func findings(
        of target: ComputeTarget,
        in folder: WorkspaceFolder,
        for caller: Caller
    ) async -> [Finding] {
        guard let cluster = target.cluster else { return [] }
        let request = ClusterDriver.environment(of: cluster, named: target.name)
        let environments = EnvironmentBuilder(variables: caller.environment)
        if cluster.address == "local" || environments.existing(for: request) == nil {
            return [
                Finding(
                    name: target.name,
                    state: .note,
                    found: cluster.address == "local"
                        ? "A Ray is started on this machine for its jobs; it is not checked here."
                        : "The environment with Ray \(cluster.rayVersion) is not built yet; the cluster is not checked here.",
                    advice: "`batchstudio compute show -n \(target.name) --check` checks it."
                )
            ]
        }
        return await check(target, in: folder, for: caller).map { finding in
            var finding = finding
            if finding.state == .missing { finding.state = .note }
            return finding
        }
    }

    /// Checks a Ray cluster: versions, nodes and what they offer, whether a worker starts, whether nodes see the workspace.
    ///
    /// - Returns: A finding a check; one for other compute targets, whose jobs run on this machine.
    package static func check(
        _ target: ComputeTarget,
        in folder: WorkspaceFolder,
        for caller: Caller,
        now: Date = Date()
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
            ClusterReport(
                cluster: cluster,
                nodes: found.compactMap(\.node),
                problems: found.filter { $0.state != "ok" }.map { "\($0.name): \($0.found)" },
                checkedAt: now
            )
            .keep(at: folder.clusterReport(target.name))
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

extension ClusterReport {
    /// The report of the last check of a compute target; nil without one.
    package static func last(of target: ComputeTarget, in folder: WorkspaceFolder) -> ClusterReport? {
        guard let cluster = target.cluster,
            let data = FileManager.default.contents(atPath: folder.clusterReport(target.name)),
            let report = try? JSONDecoder().decode(ClusterReport.self, from: data), report.cluster == cluster
        else { return nil }
        return report
    }

    /// Keeps the report for the studio's page; the check does without where it can't be kept.
    fileprivate func keep(at path: String) {
        guard let data = try? JSONEncoder().encode(self) else { return }
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? DurableFile.write(data, to: path)
    }
}
