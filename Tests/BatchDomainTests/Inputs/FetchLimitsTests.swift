import BatchDomain
import TestSupport
import Testing

struct FetchLimitsTests {
    @Test func `Without variables the cache has 2 GiB and is the only limit`() throws {
        let limits = try FetchLimits([:])
        #expect(limits.cache == 2 << 30)
        #expect(limits.maxFileSize == nil)
    }

    @Test(arguments: [("1000000", 1_000_000), ("500MiB", 500 << 20), ("2 GB", 2_000_000_000), ("2GiB", 2 << 30)])
    func `Both limits are read as sizes are everywhere`(text: String, bytes: Int) throws {
        let limits = try FetchLimits(["BATCHSTUDIO_INPUT_CACHE": text, "BATCHSTUDIO_MAX_FILE_SIZE": text])
        #expect(limits.cache == bytes)
        #expect(limits.maxFileSize == bytes)
    }

    @Test(
        arguments: ["BATCHSTUDIO_INPUT_CACHE", "BATCHSTUDIO_MAX_FILE_SIZE"],
        ["", "much", "-1", "0", "20G", "3 parsecs"]
    )
    func `Another value is refused with the accepted forms`(variable: String, text: String) {
        let error = #expect(throws: StudioError.self) { try FetchLimits([variable: text]) }
        #expect(error?.code == .environment)
        expectMessage(error, "fetch-limits/\(variable)", placeholders: ["=\(text) is": "=TEXT is"])
    }
}
