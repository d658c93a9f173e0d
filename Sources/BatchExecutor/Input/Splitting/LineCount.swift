/// The lines of some text, counted eight bytes at a time.
struct LineCount {
    /// Lines, those without text too.
    private(set) var lines = 0
    /// Lines without text.
    private(set) var blank = 0

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    /// Words that are counted in counters of 8 bits.
    private static let run = 255

    /// Counts whole lines; nil where a line begins with a space or a tab, or ends with a carriage return alone: it may be blank, or
    /// more lines.
    ///
    /// - Parameter bytes: Whole lines, which begin at the beginning of one.
    init?(_ bytes: UnsafeRawBufferPointer) {
        // The top bit of each byte of a word that is a line feed, or a carriage return; of the word before.
        var (feedsBefore, returnsBefore): (UInt64, UInt64) = (0x80 << 56, 0)
        var (returns, ended, position) = (0, 0, 0)
        while position < bytes.count {
            var counts = Counts()
            for _ in 0..<Self.run where position < bytes.count {
                let word = Self.word(of: bytes, at: position)
                let feeds = Self.bytes(of: word, that: Self.lineFeed)
                let carriageReturns = Self.bytes(of: word, that: Self.carriageReturn)
                if feeds | carriageReturns | feedsBefore | returnsBefore != 0 {
                    let afterFeed = feeds << 8 | feedsBefore >> 56
                    let afterReturn = carriageReturns << 8 | returnsBefore >> 56
                    let indented = Self.bytes(of: word, that: Self.space) | Self.bytes(of: word, that: Self.tab)
                    if afterFeed & indented != 0 { return nil }
                    let afterFeedAndReturn = afterReturn & (feeds << 16 | feedsBefore >> 48)
                    counts.feeds &+= feeds >> 7
                    counts.empty &+= (feeds & (afterFeed | afterFeedAndReturn)) >> 7
                    counts.returns &+= carriageReturns >> 7
                    counts.ended &+= (feeds & afterReturn) >> 7
                }
                (feedsBefore, returnsBefore) = (feeds, carriageReturns)
                position += 8
            }
            lines += Self.sum(counts.feeds)
            blank += Self.sum(counts.empty)
            returns += Self.sum(counts.returns)
            ended += Self.sum(counts.ended)
        }
        if returns != ended { return nil }
    }

    /// Counts in each byte of a word, of 255 words at most.
    private struct Counts {
        var feeds: UInt64 = 0
        var empty: UInt64 = 0
        var returns: UInt64 = 0
        var ended: UInt64 = 0
    }

    /// The eight bytes from a position on, the first of them the lowest; zeros after the end.
    private static func word(of bytes: UnsafeRawBufferPointer, at position: Int) -> UInt64 {
        if position + 8 <= bytes.count {
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }
        return (position..<bytes.count).reduce(0) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1 - position)) }
    }

    /// The top bit of each byte of a word that has this value.
    private static func bytes(of word: UInt64, that value: UInt8) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(value))
        return ~(((difference & low) &+ low) | difference | low)
    }

    private static func sum(_ counts: UInt64) -> Int {
        (0..<8).reduce(0) { $0 + Int(counts >> (8 * UInt64($1)) & 0xFF) }
    }
}
