/// A GPU of this machine.
package struct GPU: Hashable, Sendable, Codable {
    /// Its number, as `nvidia-smi` counts.
    package var index: Int
    /// Its UUID.
    package var uuid: String
    /// The name of its product.
    package var name: String
    /// Its memory in bytes, where it is known.
    package var memoryBytes: Int?

    package init(index: Int, uuid: String, name: String, memoryBytes: Int? = nil) {
        self.index = index
        self.uuid = uuid
        self.name = name
        self.memoryBytes = memoryBytes
    }
}

extension GPU: CustomStringConvertible {
    /// Its product and memory: `NVIDIA A100-SXM4-80GB, 86 GB`.
    package var product: String { name + (memoryBytes.map { ", \(ByteSize.text($0))" } ?? "") }

    /// Its number, product and memory.
    package var description: String { "\(index): \(product)" }
}

extension GPU {
    /// The variables by which CUDA and HIP learn the GPUs that they may use.
    package static let variables = ["CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES"]
}

extension [GPU] {
    /// Their numbers: `0,2`.
    package var numbers: String { map { String($0.index) }.joined(separator: ",") }

    /// The variables of a process that may use these and no others.
    package var environment: [String: String] {
        var environment = Dictionary(uniqueKeysWithValues: GPU.variables.map { ($0, numbers) })
        // By default CUDA counts the fastest first, and nvidia-smi does not.
        environment["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
        return environment
    }

    /// The devices of each of a job's workers: disjoint shares while there are enough, otherwise one for each, in turn.
    ///
    /// - Parameter workers: How many workers there are.
    /// - Returns: A share for each worker.
    package func shares(among workers: Int) -> [[GPU]] {
        (0..<workers).map { worker in
            if isEmpty { return [] }
            if workers > count { return [self[worker % count]] }
            return stride(from: worker, to: count, by: workers).map { self[$0] }
        }
    }
}
