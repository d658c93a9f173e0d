import BatchDomain
import Foundation
import TestSupport
import Testing

struct ReadOptionsTests {
    /// A value of each kind and what it becomes.
    static let taken: [(ReadOption, ReadOptionValue, ReadOptionValue)] = [
        (.format, .text("Parquet"), .text("parquet")),
        (.delimiter, .text(";"), .text(";")),
        (.delimiter, .text("tab"), .text("\t")),
        (.delimiter, .text("\\t"), .text("\t")),
        (.encoding, .text("UTF8"), .text("utf-8")),
        (.encoding, .text("iso-8859-1"), .text("latin-1")),
        (.encoding, .text("Windows-1252"), .text("cp1252")),
        (.encoding, .text("ISO 8859-15"), .text("iso8859-15")),
        (.quote, .text("None"), .text("none")),
        (.quote, .text("'"), .text("'")),
        (.header, .text("FALSE"), .truth(false)),
        (.columnNames, .list([.text("a"), .text("b c")]), .list([.text("a"), .text("b c")])),
        (.missingValues, .list([.text(""), .text("NA")]), .list([.text(""), .text("NA")])),
        (.missingValues, .list([]), .list([])),
        (.dateFormats, .text("%d/%m/%Y"), .text("%d/%m/%Y")),
        (.skipRows, .text("0"), .number(0)),
        (.take, .text("1"), .number(1)),
        (.types, .mapping(["zip": .text("String")]), .mapping(["zip": .text("string")])),
        (.imageMode, .text("rgb"), .text("RGB")),
        (.partitionFormat, .text("/{state}/{day:yyyy/MM/dd}/x.csv"), .text("/{state}/{day:yyyy/MM/dd}/x.csv")),
    ]

    @Test(arguments: taken)
    func `A value is taken as what it means`(
        option: ReadOption,
        typed: ReadOptionValue,
        meant: ReadOptionValue
    ) throws {
        var options = ReadOptions()
        try options.set(option, to: typed)
        #expect(options[option] == meant)
    }

    /// Values that are wrong, and the fields that are named.
    static let refused: [(name: String, ReadOption, ReadOptionValue, fields: [String])] = [
        ("format", .format, .text("parqet"), ["format"]),
        ("delimiter-of-two", .delimiter, .text("||"), ["delimiter"]),
        ("delimiter-newline", .delimiter, .text("\n"), ["delimiter"]),
        ("delimiter-list", .delimiter, .list([]), ["delimiter"]),
        ("quote", .quote, .text("nil"), ["quote"]),
        ("decimal", .decimal, .text("x"), ["decimal"]),
        ("encoding", .encoding, .text("uft-8"), ["encoding"]),
        ("header", .header, .text("yes"), ["header"]),
        ("names-text", .columnNames, .text("a,b"), ["column_names"]),
        ("names-list", .columnNames, .list([.text("a"), .text(""), .text("a")]), ["column_names", "column_names"]),
        ("dates-other", .dateFormats, .text("dd/MM/yyyy"), ["date_formats"]),
        ("dates-directive", .dateFormats, .text("%d/%q"), ["date_formats"]),
        (
            "dates-mapping", .dateFormats,
            .mapping(["b": .list([.text("%"), .text("%Y-%m-%d")]), "c": .list([])]),
            ["date_formats.b", "date_formats.c"]
        ),
        ("skip", .skipRows, .text("-1"), ["skip_rows"]),
        ("take", .take, .text("0"), ["take"]),
        ("types", .types, .mapping(["a": .text("int"), "b": .text("strng")]), ["types.a", "types.b"]),
        ("rename-empty", .rename, .mapping(["Alter": .text("")]), ["rename.Alter"]),
        ("rename-text", .rename, .text("a"), ["rename"]),
        ("partition", .partitionFormat, .text("/{a}/{a}"), ["partition_format"]),
    ]

    @Test(arguments: refused)
    func `A value that is wrong is refused with every problem`(
        name: String,
        option: ReadOption,
        typed: ReadOptionValue,
        fields: [String]
    ) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(option, to: typed) }
        #expect(error?.problems.map(\.field) == fields)
        expectMessage(error, "read-options/\(name)")
        #expect(options.isEmpty)
    }

    @Test(arguments: [
        "/{a", "/a}", "/x.csv", "/{}", "/{day:MM/dd}",
    ])
    func `A partition format that is none is refused`(text: String) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(.partitionFormat, to: .text(text)) }
        #expect(error?.problems.map(\.field) == ["partition_format"])
        expectMessage(error?.problems.first?.rule, "read-options/partition \(text)")
    }

    @Test(arguments: [
        "%Y-%m-%d", "%d.%m.%y %H:%M", "%d %b %Y", "%B %d, %Y", "%Y%j", "%G-W%V-%u", "%Y %W %a",
        "%Y-%m-%dT%H:%M:%S.%f%z",
        "%%%Y%m%d",
    ])
    func `A format of dates names a day`(format: String) throws {
        var options = ReadOptions()
        try options.set(.dateFormats, to: .text(format))
        #expect(options[.dateFormats] == .text(format))
    }

    @Test(arguments: [
        "%H:%M", "%Y", "%m/%d", "%Y-%m", "%Y-%d", "%d.%m.", "%j", "%G-W%V", "%V-%u", "%Y %W", "%y %H", "%a %H:%M",
        "%G-%m-%d",
    ])
    func `A format of dates that leaves out a part of the day is refused`(format: String) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(.dateFormats, to: .text(format)) }
        #expect(error?.problems.map(\.field) == ["date_formats"])
        expectMessage(error?.problems.first?.rule, "read-options/dates-without-day")
    }

    @Test(arguments: [
        "%d.%m.%Y %d", "%c", "%x",
    ])
    func `A directive that is given twice, or that depends on the machine, is refused`(format: String) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(.dateFormats, to: .text(format)) }
        #expect(error?.problems.map(\.field) == ["date_formats"])
        expectMessage(error?.problems.first?.rule, "read-options/dates \(format)")
    }

    /// Options that contradict each other, and the one that is named.
    static let contradictions: [(name: String, [ReadOption: ReadOptionValue], field: String)] = [
        ("thousands-default", [.thousands: .text(".")], "thousands"),
        ("thousands", [.decimal: .text(","), .thousands: .text(",")], "thousands"),
        ("decimal", [.decimal: .text(","), .delimiter: .text(",")], "decimal"),
        ("delimiter-default", [.delimiter: .text("\"")], "delimiter"),
        ("quote", [.delimiter: .text("'"), .quote: .text("'")], "quote"),
        ("comment", [.comment: .text("#"), .delimiter: .text("#")], "comment"),
        ("names", [.columnNames: .list([.text("a")])], "header"),
        ("drop", [.columns: .list([.text("a"), .text("b")]), .dropColumns: .list([.text("b")])], "drop_columns"),
        ("rename", [.rename: .mapping(["a": .text("x"), "b": .text("x")])], "rename"),
    ]

    @Test(arguments: contradictions)
    func `Options that contradict each other are refused`(
        name: String,
        given: [ReadOption: ReadOptionValue],
        field: String
    ) throws {
        var settings = DeploymentSettings()
        settings.readOptions = try Self.options(given)
        let problems = settings.problems()
        #expect(problems.map(\.field) == ["read_options.\(field)"])
        expectMessage(problems.first, "read-options/contradiction-\(name)")
    }

    @Test func `Options that fit each other have no problem`() throws {
        let options = try Self.options([
            .decimal: .text(","), .thousands: .text("."), .delimiter: .text(";"), .header: .text("false"),
            .columnNames: .list([.text("a"), .text("b")]), .quote: .text("none"), .comment: .text("#"),
        ])
        #expect(options.problems() == [])
    }

    @Test func `A job's options come over the deployment's key by key, and columns one by one`() throws {
        var settings = DeploymentSettings()
        settings.readOptions = try Self.options([
            .delimiter: .text(";"), .decimal: .text(","), .rename: .mapping(["A": .text("a"), "B": .text("b")]),
        ])
        var overrides = SettingsOverrides()
        overrides.readOptions = try Self.options([
            .delimiter: .text("tab"), .rename: .mapping(["B": .text("c"), "D": .text("d")]),
        ])
        let merged = try #require(settings.overridden(by: overrides).readOptions)
        let expected = try Self.options([
            .delimiter: .text("\t"), .decimal: .text(","),
            .rename: .mapping(["A": .text("a"), "B": .text("c"), "D": .text("d")]),
        ])
        #expect(merged == expected)
        #expect(settings.overridden(by: SettingsOverrides()).readOptions == settings.readOptions)
    }

    @Test func `Options are JSON under the names of the contract, and absent where they are not given`() throws {
        let options = try Self.options([
            .delimiter: .text(";"), .header: .text("false"), .skipRows: .text("2"),
            .columnNames: .list([.text("a"), .text("b")]), .types: .mapping(["a": .text("long")]),
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(options)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"column_names":["a","b"],"delimiter":";","header":false,"skip_rows":2,"types":{"a":"long"}}"#
        )
        #expect(try JSONDecoder().decode(ReadOptions.self, from: data) == options)
        let settings = String(decoding: try encoder.encode(DeploymentSettings()), as: UTF8.self)
        #expect(!settings.contains("readOptions"))
    }

    @Test func `An option of a later version is not read as if it were not there`() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ReadOptions.self, from: Data(#"{"colour": "red"}"#.utf8))
        }
    }

    @Test(arguments: ReadOption.allCases)
    func `Every option has help that is a sentence, and values`(option: ReadOption) {
        #expect(option.help.hasSuffix("."))
        #expect(!option.valuesText.isEmpty && !option.example.isEmpty)
    }

    static func options(_ given: [ReadOption: ReadOptionValue]) throws -> ReadOptions {
        var options = ReadOptions()
        for (option, value) in given { try options.set(option, to: value) }
        return options
    }
}
