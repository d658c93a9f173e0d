import Testing

@testable import BatchExecutor

struct FetchLimitsTests {
    @Test func `Without variables the cache has 2 GiB and is the only limit`() {
        let limits = FetchLimits([:])
        #expect(limits.cache == 2 << 30)
        #expect(limits.maxFileSize == nil)
    }

    @Test(arguments: [("1000000", 1_000_000), ("500MiB", 500 << 20), ("2 GB", 2 << 30), ("1.5k", 1536)])
    func `Both limits are read in the same way`(text: String, bytes: Int) {
        let limits = FetchLimits(["BATCHSTUDIO_INPUT_CACHE": text, "BATCHSTUDIO_MAX_FILE_SIZE": text])
        #expect(limits.cache == bytes)
        #expect(limits.maxFileSize == bytes)
    }

    @Test(arguments: ["", "much", "-1", "0", "3 parsecs"])
    func `A limit that is no size is none`(text: String) {
        let limits = FetchLimits(["BATCHSTUDIO_INPUT_CACHE": text, "BATCHSTUDIO_MAX_FILE_SIZE": text])
        #expect(limits.cache == 2 << 30)
        #expect(limits.maxFileSize == nil)
    }
}
