import BatchDomain
import Foundation

/// The share of this machine that a job gets.
enum JobShare {
    /// The workers of a job and the threads of each, both 1 or more.
    static func of(_ settings: DeploymentSettings) -> (workers: Int, threads: Int) {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let workers = min(max(1, settings.workers), cores)
        return (workers, max(1, cores / workers))
    }
}
