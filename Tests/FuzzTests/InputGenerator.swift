/// Makes inputs out of good ones by a seed: the same seed, the same inputs.
struct InputGenerator {
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private var random: SplitMix

    init(_ target: FuzzTarget, seed: UInt64) {
        seeds = target.seeds.map { Array($0.utf8) }
        words = target.words.map { Array($0.utf8) }
        random = SplitMix(state: seed)
    }

    /// The next input.
    mutating func next() -> [UInt8] {
        var bytes = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...12, using: &random) { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...16, using: &random))
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: start)
        case 3: if start < bytes.count { bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 4:
            let word = words.randomElement(using: &random) ?? []
            let times = Bool.random(using: &random) ? 1 : Int.random(in: 1...300, using: &random)
            bytes.insert(contentsOf: repeatElement(word, count: times).joined(), at: start)
        case 5:
            let other = seeds.randomElement(using: &random) ?? []
            bytes.replaceSubrange(start..., with: other.suffix(Int.random(in: 0...other.count, using: &random)))
        default: bytes.replaceSubrange(start..<end, with: words.randomElement(using: &random) ?? [])
        }
    }
}

/// A generator whose numbers follow from its state: Steele, Lea and Flood's SplitMix64.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
