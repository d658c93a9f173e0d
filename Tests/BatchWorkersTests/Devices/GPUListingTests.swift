import BatchDomain
import BatchWorkers
import Foundation
import TestSupport
import Testing

/// The listing of a machine's GPUs by its `nvidia-smi`.
struct GPUListingTests {
    private static func listing(
        _ script: [String],
        variables: [String: String] = [:],
        within limit: Duration = .seconds(60)
    ) async throws -> GPUListing {
        try await withTemporaryFolder { folder in
            let path = try StubGPUs.install(script: script, in: folder)
            let variables = ["PATH": "\(path):/usr/bin:/bin"].merging(variables) { $1 }
            var listing = await GPUListing.current(variables: variables, within: limit)
            listing.remark = listing.remark?.replacing(path, with: "FOLDER")
            return listing
        }
    }

    @Test func `Each line is a GPU, and warnings between them are none`() async throws {
        let listing = try await Self.listing([
            "echo 'WARNING: infoROM is corrupted at gpu 0000:02:00.0'",
            "echo '0, GPU-5f1c, NVIDIA A100-SXM4-80GB, 81920'", "echo '3, GPU-77aa, Quadro, special, [N/A]'",
        ])
        #expect(
            listing
                == GPUListing([
                    GPU(index: 0, uuid: "GPU-5f1c", name: "NVIDIA A100-SXM4-80GB", memoryBytes: 81920 << 20),
                    GPU(index: 3, uuid: "GPU-77aa", name: "Quadro, special"),
                ])
        )
    }

    @Test func `A CUDA_VISIBLE_DEVICES of the process leaves out the others`() async throws {
        let listing = try await withTemporaryFolder { folder in
            let path = try StubGPUs.install(3, in: folder)
            let variables = ["PATH": path, "CUDA_VISIBLE_DEVICES": "2,0"]
            return await GPUListing.current(variables: variables, within: .seconds(60))
        }
        #expect(listing.gpus.map(\.index) == [2, 0])
        #expect(listing.remark == "CUDA_VISIBLE_DEVICES='2,0' leaves out 1")
    }

    @Test func `Without nvidia-smi there are none, with that reason`() async throws {
        let listing = await GPUListing.current(variables: ["PATH": "/nowhere"])
        #expect(listing == GPUListing([], remark: "nvidia-smi is not on PATH"))
    }

    @Test func `One that fails is the reason, in its own words`() async throws {
        let listing = try await Self.listing(["echo 'No devices were found'", "exit 6"])
        #expect(listing == GPUListing([], remark: "FOLDER/nvidia-smi failed: No devices were found"))
    }

    @Test func `One that hangs is stopped`() async throws {
        let began = ContinuousClock.now
        let listing = try await Self.listing(["exec /bin/sleep 600"], within: .seconds(1))
        #expect(listing == GPUListing([], remark: "FOLDER/nvidia-smi did not end within 1 seconds"))
        #expect(began.duration(to: .now) < .seconds(60))
    }
}
