import Foundation

/// How much of a remote input may lie on this machine's disk.
struct FetchLimits: Equatable {
    /// The variable with the size of a workspace's cache: bytes, or a number with KiB, MiB, GiB or TiB.
    static let cacheVariable = "BATCHSTUDIO_INPUT_CACHE"
    /// The variable with the size of the largest file that is fetched, written in the same way.
    static let fileVariable = "BATCHSTUDIO_MAX_FILE_SIZE"

    /// The size of a workspace's cache, in bytes; 2 GiB unless a variable says otherwise.
    var cache: Int
    /// The size of the largest file that is fetched, in bytes; nil where the cache is the limit.
    var maxFileSize: Int?

    init(_ environment: [String: String]) {
        cache = environment[Self.cacheVariable].flatMap(Self.bytes) ?? 2 << 30
        maxFileSize = environment[Self.fileVariable].flatMap(Self.bytes)
    }

    /// Reads `500MiB`, `2 GB` or `1000000`; nil for what is no size.
    static func bytes(_ text: String) -> Int? {
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count).lowercased().filter { $0.isLetter }
        guard let value = Double(number), value > 0,
            let power = ["": 0, "b": 0, "k": 1, "m": 2, "g": 3, "t": 4][unit.first.map(String.init) ?? ""]
        else { return nil }
        return Int(exactly: (value * pow(1024, Double(power))).rounded())
    }
}
