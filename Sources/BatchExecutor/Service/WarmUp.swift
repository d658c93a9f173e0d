package import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Logging

/// Provides the interpreter of an environment that is built already; nil where it is not.
package typealias ExistingEnvironmentProvider =
    @Sendable (_ request: EnvironmentRequest, _ variables: [String: String]) async -> String?

/// Loads a deployment before a job needs it, and compares the ways to load its model.
///
/// Nothing is built for it, and nothing is loaded while memory is short.
struct WarmUp: Sendable {
    let workspace: Workspace
    let pool: HostPool
    let environments: ExistingEnvironmentProvider
    let logger: Logger

    /// A deployment that can be loaded.
    private struct Subject {
        var specification: JobSpecification
        var python: String
        var runtime: String
        var environment: [String: String]
    }

    /// Loads a deployment; its process stays as the hosts of jobs do.
    ///
    /// - Returns: Whether it was loaded.
    func load(_ request: WarmUpRequest) async -> Bool {
        do {
            guard !MachineMemory.isShort, let subject = try await subject(of: request) else { return false }
            let (workers, threads) = JobShare.of(subject.specification.settings)
            let launch = HostLaunch(
                subject.specification,
                python: subject.python,
                runtime: subject.runtime,
                threads: threads,
                variables: request.variables,
                isLight: await workspace.loadsLight(
                    subject.specification,
                    python: subject.python,
                    runtime: subject.runtime
                )
            )
            guard launch.isForked, workers > 0 else { return false }
            try workspace.place.makeFolder(WorkspaceFolder.hostsName)
            let host = await pool.acquire(launch)
            do {
                try? FileManager.default.removeItem(atPath: workspace.folder.warmUpLog)
                let limit = HostLaunch.loadingTime(timeout: subject.specification.settings.timeout)
                let loaded = try await host.warmUp(log: workspace.folder.warmUpLog, within: limit)
                logger.info(
                    "A deployment is loaded before a job needs it.",
                    metadata: [
                        "endpoint": "\(request.endpointName)",
                        "deployment": "\(subject.specification.deploymentName)", "seconds": "\(loaded.seconds)",
                    ]
                )
            } catch {
                await pool.release(launch)
                throw error
            }
            await pool.release(launch)
            return true
        } catch {
            // A job that needs it reports the reason.
            logger.debug("A deployment was not loaded before a job needs it: \(error)")
            return false
        }
    }

    /// Compares the ways to load a deployment's model, unless that was done, and records the result.
    ///
    /// - Returns: False when it has to be attempted again.
    func prove(_ request: WarmUpRequest) async -> Bool {
        do {
            guard let subject = try await subject(of: request), subject.specification.scoring == .generated else {
                return true
            }
            let specification = subject.specification
            let (deployment, endpoint) = (specification.deploymentName, specification.endpointName)
            let digest = LoaderProof.subject(
                of: specification.model,
                python: subject.python,
                runtime: subject.runtime
            )
            if try await workspace.loaderProof(of: deployment, endpoint: endpoint)?.subject == digest { return true }
            let proof = try await LoaderProof.run(
                specification.model,
                in: (specification.modelPath as NSString).deletingLastPathComponent,
                python: subject.python,
                runtime: subject.runtime,
                variables: subject.environment.merging(HostLaunch.threadVariables(1)) { $1 }
                    .merging(specification.settings.environmentVariables) { $1 }
                    // For the next executor, which ends what a killed one has left.
                    .merging(["BATCHSTUDIO_WORKSPACE_ID": Orphans.mark(of: workspace.folder.path)]) { $1 }
            )
            try await workspace.record(proof, of: deployment, endpoint: endpoint)
            logger.info(
                "Jobs load the model \(proof.summary).",
                metadata: ["endpoint": "\(endpoint)", "deployment": "\(deployment)"]
            )
            return true
        } catch is CancellationError {
            return false
        } catch {
            logger.debug("The ways to load a model were not compared: \(error)")
            return true
        }
    }

    private func subject(of request: WarmUpRequest) async throws -> Subject? {
        let specification = try await workspace.warmUpSpecification(request)
        // The nodes of a cluster are not known yet.
        if try await workspace.computeTarget(specification.compute).cluster != nil { return nil }
        let environment = JobVariables.environment(ProcessInfo.processInfo.environment, with: request.variables)
        guard let python = await environments(specification.environment, environment) else { return nil }
        return Subject(
            specification: specification,
            python: python,
            runtime: try RuntimeFiles.install(in: CacheFolder().path),
            environment: environment
        )
    }
}
