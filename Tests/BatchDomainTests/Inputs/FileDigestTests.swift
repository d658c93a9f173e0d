import BatchDomain
import Foundation
import Testing

struct FileDigestTests {
    private static func bytes(of digest: FileDigest) -> Data {
        var bytes = Data()
        digest.append(to: &bytes)
        return bytes
    }

    /// The vectors of SipHash-2-4 with 128 bits by its authors: the message is 0, 1, 2… of that length.
    @Test(
        arguments: [
            (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
            (8, "3b62a9ba6258f5610f83e264f31497b4"), (15, "5493e99933b0a8117e08ec0f97cfc3d9"),
        ]
    )
    func `The digest is SipHash of the bytes`(_ length: Int, _ digest: String) {
        let bytes = Self.bytes(of: FileDigest(of: (0..<length).map { UInt8($0) }))
        let text = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        #expect(text == digest)
    }

    @Test func `Path, size, time, ETag and place each make another digest`() {
        let file = InputFile(path: Array("a.csv".utf8), size: 7, modified: 12)
        var digests = [FileDigest(of: file, in: Array("/in".utf8))]
        digests.append(FileDigest(of: file, in: Array("/in2".utf8)))
        digests.append(FileDigest(of: file, in: Array("/in".utf8), etag: "12"))
        for (path, size, modified) in [("b.csv", 7, 12), ("a.csv", 71, 2), ("a.csv", 7, 13)] {
            let other = InputFile(path: Array(path.utf8), size: size, modified: modified)
            digests.append(FileDigest(of: other, in: Array("/in".utf8)))
        }
        #expect(Set(digests).count == digests.count)
        // The file and its folder are the same place, wherever the input begins.
        let inside = InputFile(path: Array("in/a.csv".utf8), size: 7, modified: 12)
        #expect(FileDigest(of: inside, in: []) == digests[0])
    }

    @Test func `Digests are ordered as the database orders their bytes`() {
        let digests = (0..<200).map { FileDigest(of: [UInt8($0)]) }.sorted()
        let bytes = digests.map(Self.bytes)
        #expect(zip(bytes, bytes.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }
}
