import BatchDomain
import Foundation
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

    static let refused: [(ReadOption, ReadOptionValue, [String])] = [
        (
            .format, .text("parqet"),
            [
                "format is 'parqet': it must be one of delimited, parquet, json_lines, json, arrow, orc, avro, excel; "
                    + "did you mean 'parquet'? Example: delimited"
            ]
        ),
        (.delimiter, .text("||"), [#"delimiter is '||': it must be one character. Example: ";""#]),
        (.delimiter, .text("\n"), ["delimiter is '\n': it must be one character. Example: \";\""]),
        (.delimiter, .list([]), [#"delimiter must be text, but it is a list. Example: ";""#]),
        (.quote, .text("nil"), [#"quote is 'nil': it must be one character or 'none'. Example: "'""#]),
        (.decimal, .text("x"), [#"decimal is 'x': it must not be a letter, a digit or a sign. Example: ",""#]),
        (
            .encoding, .text("uft-8"),
            ["encoding is 'uft-8': it must be an encoding that Python knows; did you mean 'utf-8'? Example: cp1252"]
        ),
        (.header, .text("yes"), ["header is 'yes': it must be true or false. Example: false"]),
        (.columnNames, .text("a,b"), ["column_names is 'a,b': it must be a list. Example: [age, city]"]),
        (
            .columnNames, .list([.text("a"), .text(""), .text("a")]),
            [
                "column_names must not have an empty name. Example: [age, city]",
                "column_names is 'a': it is given more than once. Example: [age, city]",
            ]
        ),
        (
            .dateFormats, .text("dd/MM/yyyy"),
            [
                "date_formats is 'dd/MM/yyyy': it must be a format of Python's strptime, such as %d for the day, %m for "
                    + "the month and %Y for the year. Example: %d/%m/%Y"
            ]
        ),
        (.dateFormats, .text("%d/%q"), ["date_formats is '%d/%q': it must not have %q in it. Example: %d/%m/%Y"]),
        (
            .dateFormats, .mapping(["b": .list([.text("%"), .text("%Y-%m-%d")]), "c": .list([])]),
            [
                "date_formats.b is '%': it must not end with a single '%'. Example: %d/%m/%Y",
                "date_formats.c must hold a format. Example: %d/%m/%Y",
            ]
        ),
        (.skipRows, .text("-1"), ["skip_rows is '-1': it must be a whole number, 0 or more. Example: 2"]),
        (.take, .text("0"), ["take is '0': it must be a whole number, 1 or more. Example: 1000"]),
        (
            .types, .mapping(["a": .text("int"), "b": .text("strng")]),
            [
                "types.a is 'int': it must be one of boolean, integer, long, float, double, string, binary, datetime. "
                    + "Example: {zip: string}",
                "types.b is 'strng': it must be one of boolean, integer, long, float, double, string, binary, datetime; "
                    + "did you mean 'string'? Example: {zip: string}",
            ]
        ),
        (.rename, .mapping(["Alter": .text("")]), ["rename.Alter must not be empty. Example: {Alter: age}"]),
        (.rename, .text("a"), ["rename is 'a': it must be a mapping of columns. Example: {Alter: age}"]),
        (
            .partitionFormat, .text("/{a}/{a}"),
            [
                "partition_format is '/{a}/{a}': it must have each column once, but has 'a' twice. "
                    + #"Example: "/{state}/{day:yyyy/MM/dd}/sales.csv""#
            ]
        ),
    ]

    @Test(arguments: refused)
    func `A value that is wrong is refused with every problem`(
        option: ReadOption,
        typed: ReadOptionValue,
        messages: [String]
    ) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(option, to: typed) }
        #expect(error?.problems.map(\.description) == messages)
        #expect(options.isEmpty)
    }

    @Test(arguments: [
        ("/{a", "must have a '}' for each '{'"), ("/a}", "must not have a '}' without a '{' before it"),
        ("/x.csv", "must have a column's name in braces"), ("/{}", "must have a column's name in each pair of braces"),
        (
            "/{day:MM/dd}",
            "must have a date format of yyyy, MM, dd, HH, mm and ss in '{day:MM/dd}', each once and with those before it"
        ),
    ])
    func `A partition format that is none is refused`(text: String, rule: String) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(.partitionFormat, to: .text(text)) }
        #expect(error?.problems.map(\.rule) == [rule])
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
        #expect(
            error?.problems.map(\.rule) == [
                "must name the year, the month and the day, such as %Y-%m-%d, or the year and its day, %Y and %j: what is left out "
                    + "would be that of 1900-01-01"
            ]
        )
    }

    @Test(arguments: [
        ("%d.%m.%Y %d", "must have %d once"), ("%c", "must not have %c in it"), ("%x", "must not have %x in it"),
    ])
    func `A directive that is given twice, or that depends on the machine, is refused`(format: String, rule: String) {
        var options = ReadOptions()
        let error = #expect(throws: ValidationError.self) { try options.set(.dateFormats, to: .text(format)) }
        #expect(error?.problems.map(\.rule) == [rule])
    }

    /// Options that contradict each other, and what is said.
    static let contradictions: [([ReadOption: ReadOptionValue], String)] = [
        (
            [.thousands: .text(".")],
            "read_options.thousands is '.': it must differ from decimal, which is '.' unless given"
        ),
        (
            [.decimal: .text(","), .thousands: .text(",")],
            "read_options.thousands is ',': it must differ from decimal, which is that too"
        ),
        (
            [.decimal: .text(","), .delimiter: .text(",")],
            "read_options.decimal is ',': it must differ from delimiter, which is that too"
        ),
        (
            [.delimiter: .text("\"")],
            "read_options.delimiter is '\"': it must differ from quote, which is '\"' unless given"
        ),
        (
            [.delimiter: .text("'"), .quote: .text("'")],
            "read_options.quote is ''': it must differ from delimiter, which is that too"
        ),
        (
            [.comment: .text("#"), .delimiter: .text("#")],
            "read_options.comment is '#': it must differ from delimiter, which is that too"
        ),
        (
            [.columnNames: .list([.text("a")])],
            "read_options.header must be given with column_names: true if the first line holds names to be replaced, else "
                + "false"
        ),
        (
            [.columns: .list([.text("a"), .text("b")]), .dropColumns: .list([.text("b")])],
            "read_options.drop_columns is 'b': it is one of columns, so is kept too"
        ),
        (
            [.rename: .mapping(["a": .text("x"), "b": .text("x")])],
            "read_options.rename is 'x': it is the new name of more than one column: a, b"
        ),
    ]

    @Test(arguments: contradictions)
    func `Options that contradict each other are refused`(given: [ReadOption: ReadOptionValue], text: String) throws {
        var settings = DeploymentSettings()
        settings.readOptions = try Self.options(given)
        let texts = settings.problems().map(\.description)
        #expect(texts.count == 1)
        #expect(texts.first?.hasPrefix(text + ".") == true, "\(texts)")
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
