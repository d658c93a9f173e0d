package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The compute target of that name.
    package func computeTarget(_ name: String) async throws -> ComputeTarget { try await workspace.computeTarget(name) }

    /// The compute targets, by name.
    package func computeTargets() async throws -> [ComputeTarget] { try await workspace.computeTargets() }

    /// Creates a compute target, or replaces the one of that name.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` when a deployment needs more instances.
    package func saveCompute(_ target: ComputeTarget) async throws -> ComputeTarget {
        try await update { try await workspace.save(target) }
    }

    /// Changes a compute target, starting from what it is.
    package func updateCompute(
        _ name: String,
        _ change: (ComputeTarget) throws -> ComputeTarget
    ) async throws -> ComputeTarget {
        try await update { try await workspace.save(change(try await workspace.computeTarget(name))) }
    }

    /// Deletes a compute target.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while a deployment uses it.
    package func deleteCompute(_ name: String) async throws { try await workspace.deleteComputeTarget(name) }

    /// The workers that unfinished jobs have on a compute target.
    ///
    /// - Throws: ``StudioError`` when there is no such target.
    package func workers(onCompute name: String) async throws -> [(job: String, worker: WorkerStatus)] {
        _ = try await workspace.computeTarget(name)
        var workers: [(job: String, worker: WorkerStatus)] = []
        for job in try await workspace.unfinishedJobs() where job.specification.compute == name {
            workers += try await workspace.workers(of: job.name).map { (job.name, $0) }
        }
        return workers
    }
}
