package import FoundationEssentials

/// The identity of a version of a file: its place, size, and time or ETag, in 16 bytes.
///
/// It is SipHash-2-4-128: a million files take a tenth of the time of SHA-256.
package struct FileDigest: Hashable, Comparable, Sendable {
    /// The number of bytes.
    package static let size = 16

    private let high: UInt64
    private let low: UInt64

    /// The digest of bytes.
    package init(of bytes: [UInt8]) {
        var hash = SipHash()
        bytes.withUnsafeBytes { bytes in
            let words = bytes.count / 8
            for word in 0..<words {
                hash.add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)))
            }
            var last = UInt64(bytes.count) << 56
            for (position, byte) in bytes[(words * 8)...].enumerated() { last |= UInt64(byte) << (8 * position) }
            hash.add(last)
        }
        (high, low) = hash.finish()
    }

    /// The digest of a file.
    ///
    /// - Parameters:
    ///   - file: Its path below its folder, its size and time.
    ///   - place: The folder.
    ///   - etag: The version that a server reports, which counts in place of the time.
    package init(of file: InputFile, in place: [UInt8], etag: String? = nil) {
        var bytes = place
        bytes.reserveCapacity(place.count + file.path.count + 48)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(contentsOf: file.path)
        // No path holds a NUL.
        bytes.append(0)
        bytes.append(contentsOf: String(file.size).utf8)
        bytes.append(0)
        bytes.append(contentsOf: etag.map { "\"" + $0 }?.utf8 ?? String(file.modified).utf8)
        self.init(of: bytes)
    }

    /// Appends the digest as a database keeps it.
    package func append(to bytes: inout Data) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes.append(contentsOf: $0) }
    }

    package static func < (first: FileDigest, second: FileDigest) -> Bool {
        first.high == second.high ? first.low < second.low : first.high < second.high
    }
}

/// SipHash-2-4 with an output of 128 bits, and the key of its authors' test vectors.
private struct SipHash {
    private static let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)

    private var v0 = key.0 ^ 0x736f_6d65_7073_6575
    private var v1 = key.1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
    private var v2 = key.0 ^ 0x6c79_6765_6e65_7261
    private var v3 = key.1 ^ 0x7465_6462_7974_6573

    mutating func add(_ word: UInt64) {
        v3 ^= word
        mix(rounds: 2)
        v0 ^= word
    }

    /// Ends the hash: its bytes as two words, the first byte being the highest.
    mutating func finish() -> (UInt64, UInt64) {
        v2 ^= 0xee
        mix(rounds: 4)
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xdd
        mix(rounds: 4)
        return (first.byteSwapped, (v0 ^ v1 ^ v2 ^ v3).byteSwapped)
    }

    private mutating func mix(rounds: Int) {
        for _ in 0..<rounds {
            v0 &+= v1
            v1 = Self.rotate(v1, 13) ^ v0
            v0 = Self.rotate(v0, 32)
            v2 &+= v3
            v3 = Self.rotate(v3, 16) ^ v2
            v0 &+= v3
            v3 = Self.rotate(v3, 21) ^ v0
            v2 &+= v1
            v1 = Self.rotate(v1, 17) ^ v2
            v2 = Self.rotate(v2, 32)
        }
    }

    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
}
