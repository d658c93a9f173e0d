import Testing

@testable import StudioCore

struct ByteCountTests {
    @Test(arguments: [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_234_567, "1.2 MB"), (758_000_000, "758 MB")])
    func `A size has three digits at most`(bytes: Int, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }
}
