import BatchDomain

/// What a line of a log says of itself: its time and its level.
enum LogStamp {
    /// Bytes of a time: `2026-11-29 19:24:05.123`.
    static let length = 23
    /// Bytes of a print in which its level is searched.
    private static let levelReach = 120

    private static let words: [(word: [UInt8], level: JobLogLevel)] = [
        (Array("ERROR".utf8), .error), (Array("CRITICAL".utf8), .error), (Array("Traceback (most".utf8), .error),
        (Array("WARN".utf8), .warning), (Array("Warning:".utf8), .warning), (Array("DEBUG".utf8), .debug),
    ]
    /// For each byte, true where one of the words begins with it.
    private static let isFirst = (0..<256).map { byte in words.contains { $0.word.first.map(Int.init) == byte } }

    /// The time that a line begins with, in milliseconds since 1970; nil when it begins with none.
    static func time(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard bytes.count >= length, bytes[4] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: " ") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            range.reduce(Int?.some(0)) { sum, index in
                let digit = Int(bytes[index]) - 48
                return sum.flatMap { 0...9 ~= digit ? 10 * $0 + digit : nil }
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let milliseconds = number(20..<23), 1...12 ~= month
        else { return nil }
        // Days since 1970 by the civil calendar, with years that begin in March.
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milliseconds
    }

    /// The level that the executor gave a line, and where its text begins.
    static func executorLevel(_ bytes: UnsafeBufferPointer<UInt8>) -> (level: JobLogLevel, textStart: Int)? {
        guard time(bytes) != nil else { return nil }
        let rest = bytes[min(bytes.count, length + 1)...]
        for level in JobLogLevel.allCases where rest.starts(with: level.word.utf8) {
            let end = rest.startIndex + level.word.utf8.count
            if end < bytes.count, bytes[end] == UInt8(ascii: " ") { return (level, end + 1) }
        }
        return nil
    }

    /// The level of a print by the words that `logging` and others begin their lines with.
    static func printLevel(_ bytes: UnsafeBufferPointer<UInt8>) -> JobLogLevel {
        for start in 0..<min(levelReach, bytes.count) where isFirst[Int(bytes[start])] {
            for (word, level) in words where bytes[start...].starts(with: word) { return level }
        }
        return .info
    }
}
