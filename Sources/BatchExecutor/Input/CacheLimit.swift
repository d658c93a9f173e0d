import Foundation

/// How much room fetched files may take in a workspace.
enum CacheLimit {
    /// The variable that sets it: bytes, or a number with KiB, MiB, GiB or TiB.
    static let variable = "BATCHSTUDIO_INPUT_CACHE"

    /// The limit in bytes; 2 GiB unless the variable says otherwise.
    static func of(_ environment: [String: String]) -> Int {
        environment[variable].flatMap(bytes) ?? 2 << 30
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
