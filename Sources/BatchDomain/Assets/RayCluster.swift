/// A Ray cluster that scores the mini-batches of jobs: its address, and what each worker takes of it.
///
/// ```yaml
/// type: ray
/// address: 10.0.0.5:6379
/// max_workers: 64
/// resources_per_worker: {num_cpus: 1, memory: 2GiB}
/// ```
package struct RayCluster: Hashable, Sendable, Codable {
    /// The release of Ray that the driver has unless the file names another: that of a cluster must be the same.
    package static let defaultRayVersion = "2.60.0"

    /// How nodes get the files of inputs and models.
    package enum Storage: String, Sendable, Codable, CaseIterable {
        /// Nodes see them under the same paths.
        case shared
        /// They travel: the model once to each node, input files with their mini-batches.
        case ship
    }

    /// The share of a node that one worker takes while a job runs.
    package struct Resources: Hashable, Sendable, Codable {
        /// Cores; a fraction where several workers share one.
        package var cpus: Double
        /// GPUs; a fraction where several workers share one.
        package var gpus: Double
        /// Memory in bytes; nil for none that is counted.
        package var memory: Int?
        /// Resources that the cluster's nodes name themselves.
        package var custom: [String: Double]

        package init(cpus: Double = 1, gpus: Double = 0, memory: Int? = nil, custom: [String: Double] = [:]) {
            self.cpus = cpus
            self.gpus = gpus
            self.memory = memory
            self.custom = custom
        }
    }

    /// `HOST:PORT` of the head, `auto` or `local`.
    package var address: String
    /// The most workers of a job.
    package var maxWorkers: Int
    /// What each worker takes.
    package var resources: Resources
    /// How nodes get files.
    package var storage: Storage
    /// The cluster's release of Ray.
    package var rayVersion: String
    /// The cluster's Python, `3.11`; nil for the newest of this machine.
    package var pythonVersion: String?
    /// Seconds to wait for a node that can hold a worker, as an autoscaler adds it.
    package var nodeTimeout: Int

    package init(
        address: String,
        maxWorkers: Int,
        resources: Resources = Resources(),
        storage: Storage = .shared,
        rayVersion: String = defaultRayVersion,
        pythonVersion: String? = nil,
        nodeTimeout: Int = 30
    ) {
        self.address = address
        self.maxWorkers = maxWorkers
        self.resources = resources
        self.storage = storage
        self.rayVersion = rayVersion
        self.pythonVersion = pythonVersion
        self.nodeTimeout = nodeTimeout
    }

    /// Threads of a worker's numerical libraries.
    package var threads: Int { max(1, Int(resources.cpus)) }

    /// The problems of the values.
    package func problems() -> [Problem] {
        var problems: [Problem] = []
        if !isAddress {
            problems.append(
                Problem(
                    field: "address",
                    value: address,
                    rule: "must be HOST:PORT of the head, of which this machine is a node, auto or local",
                    example: "10.0.0.5:6379"
                )
            )
        }
        if !(1...100_000).contains(maxWorkers) {
            problems.append(
                Problem(field: "max_workers", value: "\(maxWorkers)", rule: "must be from 1 to 100000", example: "8")
            )
        }
        if !(0...86_400).contains(nodeTimeout) {
            problems.append(
                Problem(
                    field: "node_timeout",
                    value: "\(nodeTimeout)",
                    rule: "must be from 0 to 86400 seconds",
                    example: "30"
                )
            )
        }
        if !Self.isVersion(rayVersion, numbers: 3) {
            problems.append(
                Problem(field: "ray_version", value: rayVersion, rule: "must be a release of Ray", example: "2.60.0")
            )
        }
        if let pythonVersion, !Self.isVersion(pythonVersion, numbers: 2), !Self.isVersion(pythonVersion, numbers: 3) {
            problems.append(
                Problem(
                    field: "python_version",
                    value: pythonVersion,
                    rule: "must be a release of Python",
                    example: "3.11"
                )
            )
        }
        return problems + resources.problems()
    }

    private var isAddress: Bool {
        if address == "auto" || address == "local" { return true }
        guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]) else {
            return false
        }
        let host = address[..<colon]
        return (1...65_535).contains(port) && !host.isEmpty
            && host.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "@") }
    }

    private static func isVersion(_ text: String, numbers: Int) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return parts.count == numbers
            && parts.allSatisfy { (1...5).contains($0.utf8.count) && $0.utf8.allSatisfy(digits.contains) }
    }
}

extension RayCluster.Resources {
    /// Ray's own names for the resources that have keys of their own here.
    private static let reservedNames: Set<String> = ["CPU", "GPU", "memory", "object_store_memory"]

    /// The problems of the values.
    fileprivate func problems() -> [Problem] {
        let numbers = [("num_cpus", cpus), ("num_gpus", gpus)] + custom.map { ("custom.\($0.key)", $0.value) }
        return numbers.sorted { $0.0 < $1.0 }.flatMap { name, value in
            [rangeProblem(name, value), wholeProblem(name, value), nameProblem(name, value)].compactMap { $0 }
        }
    }

    private func rangeProblem(_ name: String, _ value: Double) -> Problem? {
        guard !(0...10_000).contains(value) || (name == "num_cpus" && value < 0.01) else { return nil }
        return Problem(
            field: "resources_per_worker.\(name)",
            value: "\(value)",
            rule: name == "num_cpus" ? "must be from 0.01 to 10000" : "must be from 0 to 10000",
            example: "1"
        )
    }

    /// Ray shares one GPU, or one piece of a custom resource, among workers; of more than one it gives whole ones.
    private func wholeProblem(_ name: String, _ value: Double) -> Problem? {
        guard name != "num_cpus", value > 1, value != value.rounded() else { return nil }
        return Problem(
            field: "resources_per_worker.\(name)",
            value: "\(value)",
            rule: "must be a whole number above 1: Ray takes fractions of one alone",
            example: "\(Int(min(value, 10_000).rounded(.up)))"
        )
    }

    private func nameProblem(_ name: String, _ value: Double) -> Problem? {
        guard name.hasPrefix("custom."), Self.reservedNames.contains(String(name.dropFirst("custom.".count))) else {
            return nil
        }
        return Problem(
            field: "resources_per_worker.\(name)",
            value: "\(value)",
            rule: "must have another name: Ray counts it by num_cpus, num_gpus or memory",
            example: "TPU: 1"
        )
    }
}
