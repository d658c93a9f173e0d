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
}
