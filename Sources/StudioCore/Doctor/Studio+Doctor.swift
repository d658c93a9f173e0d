package import BatchDomain
import BatchExecutor
import BatchWorkers
package import Foundation

extension Studio {
    /// Checks everything that jobs need: the workspace, the machine's limits, Python, uv, the environments and Ray clusters; creates no workspace.
    ///
    /// - Returns: A finding for each check; a job can run unless one of them is `missing`.
    package static func checkUp(
        _ folder: WorkspaceFolder,
        for caller: Caller,
        executor: ExecutorAccess
    ) async -> [Finding] {
        let findings = WorkspaceCheckup(folder, for: caller, executor: executor).findings
        // Without descriptors no tool can report its version, and without threads this process would end or wait for them for ever.
        let needed = [StartCheck.descriptors, .threads].map(\.rawValue)
        if findings.contains(where: { needed.contains($0.name) && $0.state == .missing }) { return findings }
        let tools = await ToolReport.current(
            cache: CacheFolder(variables: caller.environment),
            variables: caller.environment
        )
        return await findings + ToolCheckup(tools, gpus(for: caller)).findings + checkClusters(folder, for: caller)
    }

    /// Sets a damaged database aside and restores what can be read of it, and of the workspace's folders, to a new one.
    ///
    /// - Returns: A finding for each table, model and job; one finding where nothing is damaged.
    /// - Throws: ``StudioError`` while the executor runs, and when the workspace can't be opened for another reason than damage.
    package static func repair(_ folder: WorkspaceFolder, now: @escaping @Sendable () -> Date) async throws -> [Finding]
    {
        try await WorkspaceRepair(folder, now: now).run()
    }
}
