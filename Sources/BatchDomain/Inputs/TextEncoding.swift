/// The text encodings that every Python knows.
enum TextEncoding {
    /// The encoding's name in Python, for any of its spellings: `UTF8`, `iso-8859-1`, `windows-1252`.
    static func named(_ text: String) -> String? { names[folded(text)] }

    /// The encoding that a misspelled name most likely means.
    static func nearest(to text: String) -> String? {
        NearestKey.of(folded(text), among: names.keys.sorted()).flatMap { names[$0] }
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { !"-_ ".contains($0) }
    }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for name in list.split(whereSeparator: \.isWhitespace).map(String.init) { names[folded(name)] = name }
        for page in 1250...1258 { names["windows\(page)"] = "cp\(page)" }
        for part in 2...16 where part != 12 { names["iso8859\(part)"] = "iso8859-\(part)" }
        // Aliases of Python, and the names that MLTable files have.
        for alias in ["iso88591", "latin", "l1", "8859"] { names[alias] = "latin-1" }
        names["latin9"] = "iso8859-15"
        names["usascii"] = "ascii"
        names["utf8bom"] = "utf-8-sig"
        names["sjis"] = "shift_jis"
        return names
    }()

    /// The text encodings of Python's `encodings` package.
    private static let list = """
        ascii big5 big5hkscs cp037 cp273 cp424 cp437 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860
        cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 cp875 cp932 cp949 cp950 cp1006 cp1026 cp1125 cp1140 cp1250 cp1251
        cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 euc_jis_2004 euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hz
        iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr johab koi8-r koi8-t
        koi8-u kz1048 latin-1 mac-cyrillic mac-greek mac-iceland mac-latin2 mac-roman mac-turkish ptcp154 shift_jis
        shift_jis_2004 shift_jisx0213 tis-620 utf-7 utf-8 utf-8-sig utf-16 utf-16-be utf-16-le utf-32 utf-32-be utf-32-le
        """
}
