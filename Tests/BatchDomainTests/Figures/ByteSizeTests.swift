import BatchDomain
import Testing

struct ByteSizeTests {
    @Test(arguments: [
        ("2GB", 2_000_000_000), ("2GiB", 1 << 31), ("1.5 GiB", 3 << 29), ("500MB", 500_000_000), ("512mib", 1 << 29),
        ("1kB", 1000), ("1KiB", 1024), ("3B", 3), ("1000000", 1_000_000), ("64TiB", 1 << 46),
    ])
    func `A size is read in powers of 1000 or 1024`(text: String, bytes: Int) {
        #expect(ByteSize.bytes(of: text) == bytes)
    }

    @Test(arguments: [
        "", "2G", "2g", "2 gigabytes", "GB", "-1GB", "0", "1e9", "NaN", ".5GB", "1.GB", "0.3B", "65TiB", "٢GB",
        "2GB 1MB",
    ])
    func `Anything else is not a size`(text: String) {
        #expect(ByteSize.bytes(of: text) == nil)
    }

    @Test(arguments: [
        (0, "0 B"), (812, "812 B"), (999, "999 B"), (1000, "1 kB"), (1_400_000, "1.4 MB"), (12_345_678, "12.3 MB"),
        (181_000_000, "181 MB"), (999_600_000, "1 GB"), (2_000_000_000_000_000, "2 PB"),
    ])
    func `A size is shown with three digits at most`(bytes: Int, text: String) {
        #expect(ByteSize.text(bytes) == text)
    }

    @Test(arguments: [2_000_000_000, 1 << 31, 1000, 1024, 1, 64_000_001, 1 << 46])
    func `The exact text is read as the same size`(bytes: Int) {
        #expect(ByteSize.bytes(of: ByteSize.exactText(bytes)) == bytes)
    }
}
