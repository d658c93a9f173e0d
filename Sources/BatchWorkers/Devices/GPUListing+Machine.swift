package import BatchDomain
import FoundationEssentials

/// Provides the GPUs that this process may use.
package typealias GPUProvider = @Sendable () async -> GPUListing

extension GPUListing {
    /// Lists the GPUs of this machine as `nvidia-smi` names them, without those that `CUDA_VISIBLE_DEVICES` leaves out.
    ///
    /// - Parameters:
    ///   - variables: The environment of the process that would use them.
    ///   - timeout: How long `nvidia-smi` may take; without its daemon it wakes each device up.
    /// - Returns: The GPUs; none, with the reason, where `nvidia-smi` is missing or fails.
    package static func current(
        variables: [String: String] = ProcessInfo.processInfo.environment,
        within timeout: Duration = .seconds(30)
    ) async -> GPUListing {
        let paths = (variables["PATH"] ?? "").split(separator: ":").map { "\($0)/nvidia-smi" }
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            return GPUListing([], remark: "nvidia-smi is not on PATH")
        }
        let process = ToolProcess(
            executable: path,
            arguments: ["--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits"],
            variables: variables
        )
        do {
            guard let outcome = try await process.run(within: timeout) else {
                return GPUListing([], remark: "\(path) did not end within \(Int(timeout.seconds)) seconds")
            }
            guard outcome.succeeded else {
                let words = outcome.lines.first { !$0.isEmpty } ?? "it printed nothing"
                return GPUListing([], remark: "\(path) failed: \(words.prefix(200))")
            }
            return GPUListing(outcome.lines.compactMap(GPU.init(line:))).visible(by: variables["CUDA_VISIBLE_DEVICES"])
        } catch {
            return GPUListing([], remark: "\(path) can't be started: \(error)")
        }
    }
}

extension GPU {
    /// The GPU of a line of `nvidia-smi`: `0, GPU-5f…, Tesla T4, 15360`; nil for any other line, such as a warning.
    init?(line: String) {
        let columns = line.components(separatedBy: ", ")
        guard columns.count >= 4, let index = Int(columns[0]), index >= 0, columns[1].hasPrefix("GPU-") else {
            return nil
        }
        self.init(
            index: index,
            uuid: columns[1],
            name: columns[2..<(columns.count - 1)].joined(separator: ", "),
            memoryBytes: Int(columns[columns.count - 1]).map { $0 << 20 }
        )
    }
}
