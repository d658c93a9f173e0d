package import FoundationEssentials

/// The last check of a Ray cluster: its nodes, and what is wrong.
package struct ClusterReport: Equatable, Sendable, Codable {
    /// A node as the check found it.
    package struct Node: Equatable, Sendable, Codable {
        /// Its address, with the beginning of Ray's identifier.
        package var name: String
        /// `ok`, or `missing` where it can run no worker.
        package var state: String
        package var cpus: Double
        package var gpus: Double
        /// In bytes.
        package var memory: Int
        /// The workers that there is room for while nothing else runs.
        package var workers: Int

        package init(name: String, state: String, cpus: Double, gpus: Double, memory: Int, workers: Int) {
            self.name = name
            self.state = state
            self.cpus = cpus
            self.gpus = gpus
            self.memory = memory
            self.workers = workers
        }
    }

    /// The cluster that was checked: of another one under the same name the report says nothing.
    package var cluster: RayCluster
    /// Its nodes.
    package var nodes: [Node]
    /// What is wrong, a sentence each.
    package var problems: [String]
    /// When it was checked.
    package var checkedAt: Date

    package init(cluster: RayCluster, nodes: [Node], problems: [String], checkedAt: Date) {
        self.cluster = cluster
        self.nodes = nodes
        self.problems = problems
        self.checkedAt = checkedAt
    }
}
