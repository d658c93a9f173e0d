import BatchDomain

/// The read options that decide whether and where a text file can be split.
extension ReadOptions {
    /// A character that an option gives.
    enum Character: Equatable {
        /// One byte of every encoding that ASCII is a part of.
        case byte(UInt8)
        /// A word, as `none`.
        case word
        /// A character of several bytes.
        case other
    }

    /// Single-byte encodings and UTF-8: a byte below 128 is that character of ASCII wherever it is.
    private static let encodings: Set = ["utf-8", "utf-8-sig", "ascii", "latin-1"]

    /// True when records can be found, and counted, without reading their values.
    var areForSplitText: Bool {
        let isPlain = self[.escape] == nil && self[.comment] == nil && self[.invalidLines]?.text != "drop"
        return isPlain && isEncodingForSplitText
    }

    private var isEncodingForSplitText: Bool {
        guard let encoding = self[.encoding]?.text else { return true }
        if Self.encodings.contains(encoding) || encoding.hasPrefix("iso8859-") { return true }
        return encoding.hasPrefix("cp125")
    }

    /// Whether files have a header, where that is given.
    var header: Bool? {
        if case .truth(let header)? = self[.header] { header } else { nil }
    }

    /// Lines before the header that are skipped.
    var skippedRows: Int {
        if case .number(let count)? = self[.skipRows] { count } else { 0 }
    }

    /// The character that an option gives; nil where it is not given.
    func character(_ option: ReadOption) -> Character? {
        guard let text = self[option]?.text else { return nil }
        let bytes = Array(text.utf8)
        if bytes.count == 1, bytes[0] < 0x80 { return .byte(bytes[0]) }
        return text.count == 1 ? .other : .word
    }
}
