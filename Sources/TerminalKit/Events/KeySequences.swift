/// The escape sequences that keys send, beyond those that follow a rule.
package struct KeySequences: Sendable {
    private var keys: [[UInt8]: Key] = [:]
    /// Every proper beginning of a sequence, to know when to wait for more.
    private var beginnings: Set<[UInt8]> = []

    /// The sequences of the Linux console and rxvt; everything else follows xterm's rules, which `CSISequence` reads.
    package init() {
        for (index, letter) in "ABCDE".utf8.enumerated() { add([0x1b, 0x5b, 0x5b, letter], .function(index + 1)) }
        for (letter, code) in zip("abcd".utf8, [Key.Code.up, .down, .right, .left]) {
            add([0x1b, 0x5b, letter], Key(code, .shift))
            add([0x1b, 0x4f, letter], Key(code, .control))
        }
        // The keypad in application mode.
        add(Array("\u{1b}OM".utf8), .enter)
    }

    /// Teaches a sequence, of terminfo for example; anything that does not begin with Escape is left to the decoder.
    package mutating func add(_ sequence: [UInt8], _ key: Key) {
        guard sequence.count > 1, sequence[0] == 0x1b else { return }
        keys[sequence] = key
        for length in 1..<sequence.count { beginnings.insert(Array(sequence.prefix(length))) }
    }

    enum Match {
        case key(Key, length: Int)
        /// More bytes could complete a sequence.
        case begun
        case none
    }

    /// The longest sequence at the beginning of the bytes.
    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        var found = Match.none
        var prefix: [UInt8] = []
        for byte in bytes {
            prefix.append(byte)
            if let key = keys[prefix] { found = .key(key, length: prefix.count) }
            guard beginnings.contains(prefix) else { return found }
        }
        return .begun
    }
}
