package import BatchDomain
import BatchWorkers

extension Studio {
    /// The GPUs of this machine that a caller may use.
    package static func gpus(for caller: Caller) async -> GPUListing {
        await GPUListing.current(variables: caller.environment)
    }

    /// The GPUs of this machine that the caller may use.
    package func gpus() async -> GPUListing { await Self.gpus(for: caller) }
}
