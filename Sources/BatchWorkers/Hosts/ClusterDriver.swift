package import BatchDomain
import FoundationEssentials

/// The driver of a Ray cluster, which stands in for a host: the interpreter that has Ray, and what it is told of the cluster.
package struct ClusterDriver: Hashable, Sendable {
    /// The interpreter of the driver's environment.
    package var python: String
    /// The compute target's name.
    package var name: String
    /// The cluster.
    package var cluster: RayCluster
    /// The uv that builds the model's environment on nodes; nil where there is none.
    package var uv: String?
    /// The settings of the package index for it.
    package var uvVariables: [String: String]

    /// The driver of a cluster, with this machine's uv and the settings for its package index.
    ///
    /// - Parameters:
    ///   - name: The compute target's name.
    ///   - cluster: The cluster.
    ///   - python: The interpreter of ``environment(of:named:)``.
    ///   - variables: The environment of the job's processes.
    package init(named name: String, _ cluster: RayCluster, python: String, variables: [String: String]) async {
        self.python = python
        self.name = name
        self.cluster = cluster
        uv = await UVTool.find(variables: variables)?.path
        uvVariables = PackageIndexSettings.current(variables).uvVariables
    }

    /// The environment that the driver runs in: the cluster's Ray and Python.
    package static func environment(of cluster: RayCluster, named name: String) -> EnvironmentRequest {
        EnvironmentRequest(
            owner: "compute \(name)",
            sources: [
                EnvironmentSource(
                    file: "batchstudio's list for Ray clusters",
                    pythonVersion: cluster.pythonVersion,
                    requirements: ["ray==\(cluster.rayVersion)"]
                )
            ]
        )
    }

    /// The value of the variable by which the driver gets all this.
    func settings(of launch: HostLaunch, variables: [String: String]) throws -> String {
        let settings = Settings(
            name: name,
            address: cluster.address,
            cpus: cluster.resources.cpus,
            gpus: cluster.resources.gpus,
            memory: cluster.resources.memory,
            custom: cluster.resources.custom,
            storage: cluster.storage.rawValue,
            nodeTimeout: cluster.nodeTimeout,
            runtime: launch.runtimeFolder,
            python: launch.python,
            uv: uv,
            uvVariables: uvVariables,
            variables: variables
        )
        return String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    }

    private struct Settings: Encodable {
        var name: String
        var address: String
        var cpus: Double
        var gpus: Double
        var memory: Int?
        var custom: [String: Double]
        var storage: String
        var nodeTimeout: Int
        var runtime: String
        var python: String
        var uv: String?
        var uvVariables: [String: String]
        var variables: [String: String]

        enum CodingKeys: String, CodingKey {
            case name, address, cpus, gpus, memory, custom, storage, runtime, python, uv, variables
            case nodeTimeout = "node_timeout"
            case uvVariables = "uv_variables"
        }
    }
}

/// A cluster that can't be reached: it may be back later, and the job is paused until then.
package struct ClusterUnreachable: Error, CustomStringConvertible {
    /// What can't be reached, and why.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
