/// The lines of some text, counted many bytes at a time.
struct LineCount {
    /// Lines, those without text too.
    private(set) var lines = 0
    /// Lines without text.
    private(set) var blank = 0

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    /// Bytes that are counted in counters of 8 bits.
    private static let run = 255

    /// Counts whole lines; nil where a line begins with a space or a tab, or ends with a carriage return alone: it may be blank, or
    /// more lines.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 2 else { return nil }
        let first = bytes[0]
        if first == Self.space || first == Self.tab || first == Self.carriageReturn { return nil }
        if bytes[1] == Self.carriageReturn { return nil }
        if first == Self.lineFeed { (lines, blank) = (1, 1) }
        var returns = 0
        var ended = 0
        if bytes[1] == Self.lineFeed {
            lines += 1
            if first == Self.lineFeed { blank += 1 }
        }
        if first == Self.lineFeed, bytes[1] == Self.space || bytes[1] == Self.tab { return nil }
        var position = 2
        while position < bytes.count {
            let end = min(bytes.count, position + Self.run)
            var (feeds, empty, indented, cr, crlf): (UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0)
            for index in position..<end {
                let byte = bytes[index]
                let before = bytes[index - 1]
                let first = bytes[index - 2]
                let isFeed: UInt8 = byte == Self.lineFeed ? 1 : 0
                let wasFeed: UInt8 = before == Self.lineFeed ? 1 : 0
                let wasReturn: UInt8 = before == Self.carriageReturn ? 1 : 0
                let wasFeedBefore: UInt8 = first == Self.lineFeed ? 1 : 0
                feeds &+= isFeed
                empty &+= isFeed & (wasFeed | (wasReturn & wasFeedBefore))
                indented &+= wasFeed & ((byte == Self.space ? 1 : 0) | (byte == Self.tab ? 1 : 0))
                cr &+= byte == Self.carriageReturn ? 1 : 0
                crlf &+= isFeed & wasReturn
            }
            if indented > 0 { return nil }
            lines += Int(feeds)
            blank += Int(empty)
            returns += Int(cr)
            ended += Int(crlf)
            position = end
        }
        if returns != ended { return nil }
    }
}
