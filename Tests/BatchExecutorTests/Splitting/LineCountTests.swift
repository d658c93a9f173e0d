import Testing

@testable import BatchExecutor

/// Lines that are counted many bytes at a time.
struct LineCountTests {
    private static func count(_ text: String) -> [Int]? {
        Array(text.utf8).withUnsafeBytes { LineCount($0) }.map { [$0.lines, $0.blank] }
    }

    @Test func `All lines are counted, and those without text apart`() {
        #expect(Self.count("ab\ncd\n") == [2, 0])
        #expect(Self.count("\n\nab\n\n") == [4, 3])
        #expect(Self.count("ab\r\n\r\ncd\r\n") == [3, 1])
        let long = String(repeating: "a,b\n\n", count: 1000)
        #expect(Self.count(long) == [2000, 1000])
        #expect(Self.count(String(repeating: "x\n", count: 700)) == [700, 0])
    }

    @Test(arguments: ["ab\n cd\n", "ab\n\tcd\n", "a\rb\n", "\rab\n", " a\n", "\n \n", "ab\r\r\n", "ab\n\r\rcd\n"])
    func `Lines that may be blank, or more than one, are left to another count`(text: String) {
        #expect(Self.count(text) == nil)
    }

    @Test func `Random lines are counted as one by one`() {
        var generator = SeededGenerator(seed: 3)
        let lines = [
            "\n", "a\n", "\r\n", "abcdefg\n", "1,2,3\r\n", "x y\n", String(repeating: "long,", count: 30) + "\n",
        ]
        for _ in 0..<3000 {
            let picked = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                lines[Int.random(in: 0..<lines.count, using: &generator)]
            }
            let blank = picked.count { ["\n", "\r\n"].contains($0) }
            #expect(Self.count(picked.joined()) == [picked.count, blank])
        }
    }
}
