import BatchDomain
import Testing

struct GPUTests {
    private static func gpus(_ count: Int) -> [GPU] {
        (0..<count).map { GPU(index: $0, uuid: "GPU-\($0)a1b", name: "Tesla T4", memoryBytes: 16 << 30) }
    }

    @Test(arguments: [
        (1, 1, ["0"]), (4, 1, ["0,1,2,3"]), (4, 2, ["0,2", "1,3"]), (3, 2, ["0,2", "1"]), (2, 2, ["0", "1"]),
        (1, 2, ["0", "0"]), (2, 3, ["0", "1", "0"]), (0, 2, ["", ""]),
    ])
    func `Workers get disjoint shares while there are enough GPUs, and one each otherwise`(
        gpus: Int,
        workers: Int,
        shares: [String]
    ) {
        #expect(Self.gpus(gpus).shares(among: workers).map(\.numbers) == shares)
    }

    @Test func `A share's variables name it to CUDA and HIP, counted as nvidia-smi counts`() {
        #expect(
            Self.gpus(2).environment == [
                "CUDA_VISIBLE_DEVICES": "0,1", "HIP_VISIBLE_DEVICES": "0,1", "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
            ]
        )
    }

    @Test(arguments: [
        (nil, [0, 1, 2]), ("2,0", [2, 0]), ("GPU-1", [1]), (" 1 , 2 ", [1, 2]), ("", []), ("-1", []), ("0,7,1", [0]),
        ("0,0", [0]), ("NoDevFiles", []),
    ])
    func `CUDA_VISIBLE_DEVICES leaves those before the first that is none, in its order`(
        variable: String?,
        left: [Int]
    ) {
        #expect(GPUListing(Self.gpus(3)).visible(by: variable).gpus.map(\.index) == left)
    }

    @Test func `A shortage says what was found and why`() {
        let hidden = GPUListing(Self.gpus(2)).visible(by: "1")
        let error = #expect(throws: StudioError.self) { try hidden.require(2) }
        #expect(error?.code == .environment)
        #expect(
            error?.description
                == "resources.gpus is 2, but there is 1 GPU (1: Tesla T4, 17.2 GB); CUDA_VISIBLE_DEVICES='1' leaves out 1. "
                + "Lower resources.gpus, or see what \"batchstudio doctor\" says of the GPUs."
        )
        #expect(throws: Never.self) { try hidden.require(1) }
    }

    @Test(arguments: [
        (0, 1, 4), (2, 1, 2), (2, 2, 4), (3, 2, 4), (1, 3, 3),
    ])
    func `A job with GPUs has no more workers than may share them`(gpus: Int, sharing: Int, workers: Int) {
        var settings = DeploymentSettings()
        (settings.instanceCount, settings.maxConcurrencyPerInstance) = (2, 2)
        (settings.gpus, settings.workersPerGPU) = (gpus, sharing)
        #expect(settings.workers == workers)
    }

    @Test func `A deployment with GPUs leaves the variables that name them to the job`() {
        var settings = DeploymentSettings()
        settings.environmentVariables = ["CUDA_VISIBLE_DEVICES": "0"]
        #expect(settings.problems().isEmpty)
        settings.gpus = 1
        #expect(settings.problems().map(\.field) == ["environment_variables.CUDA_VISIBLE_DEVICES"])
    }
}
