import BatchDomain
import Foundation

/// The share of this machine, or of a cluster, that a job gets.
enum JobShare {
    /// The workers of a job and the threads of each, both 1 or more.
    static func of(_ settings: DeploymentSettings, on cluster: RayCluster? = nil) -> (workers: Int, threads: Int) {
        if let cluster { return (min(max(1, settings.workers), cluster.maxWorkers), cluster.threads) }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let workers = min(max(1, settings.workers), cores)
        return (workers, max(1, cores / workers))
    }
}
