package import BatchDomain
import BatchExecutor
import BatchWorkers
package import Logging

/// The executor as a program: what the hidden command `executor serve` runs.
package enum ExecutorProcess {
    /// Runs a workspace's jobs until there has been nothing to do for a while.
    ///
    /// - Parameters:
    ///   - folder: Where the workspace is.
    ///   - readyDescriptor: Where it reports that it is ready, or why it is not.
    ///   - logger: Receives what it does, for its log.
    /// - Throws: ``StudioError`` when the workspace can't be used, or a job can't run on this machine.
    package static func serve(_ folder: WorkspaceFolder, readyDescriptor: Int32?, logger: Logger) async throws {
        try await ExecutorService.serve(
            folder: folder,
            report: StartReport(descriptor: readyDescriptor),
            logger: logger
        )
    }

    /// Tries everything that jobs need, reports each result, and returns.
    package static func probe(_ folder: WorkspaceFolder, readyDescriptor: Int32?, logger: Logger) async {
        await ExecutorService.probe(folder: folder, report: StartReport(descriptor: readyDescriptor), logger: logger)
    }

    /// Checks that this process can have the threads that it needs, before anything asks libdispatch for one.
    ///
    /// - Throws: ``StudioError`` when it can't: it would wait for them for ever.
    package static func requireThreads(_ count: Int) throws(StudioError) { try ThreadProof.run(count) }
}
