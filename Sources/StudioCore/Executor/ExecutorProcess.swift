package import BatchDomain
import BatchExecutor

/// The executor as a program: what the hidden command `executor serve` runs.
package enum ExecutorProcess {
    /// Runs a workspace's jobs until there has been nothing to do for a while.
    ///
    /// - Parameter readyDescriptor: Where it reports that it is ready, or why it is not.
    package static func serve(_ folder: WorkspaceFolder, readyDescriptor: Int32?) async throws {
        try await ExecutorService.serve(folder: folder, report: StartReport(descriptor: readyDescriptor))
    }

    /// Tries everything that jobs need, reports each result, and returns.
    package static func probe(_ folder: WorkspaceFolder, readyDescriptor: Int32?) async {
        await ExecutorService.probe(folder: folder, report: StartReport(descriptor: readyDescriptor))
    }

    /// Checks that this process can have the threads that it needs, before anything asks libdispatch for one.
    ///
    /// - Throws: ``StudioError`` when it can't: it would wait for them for ever.
    package static func requireThreads(_ count: Int) throws(StudioError) { try ThreadProof.run(count) }
}
