import BatchDomain
import BatchManifest
import TestSupport
import Testing

struct ReadOptionsManifestTests {
    private static let nested = """
        name: wine-mlflow
        endpoint_name: wine-batch
        type: model
        model: azureml:wine@latest
        settings:
          mini_batch_size: 5
          read_options:
            delimiter: ";"
            decimal: ","
            header: false
            column_names: [age, city]
            missing_values: ["", NA]
            date_formats:
              born: "%d.%m.%Y"
              seen: ["%Y-%m-%d", "%d/%m/%Y"]
            rename: {Alter: age}
            skip_rows: 2
        """

    @Test func `Options stand under settings, and at the top in the dialect of 2022`() throws {
        let draft = try DeploymentManifest.read(text: Self.nested, file: "d.yml")
        let options = try #require(draft.settings.readOptions)
        #expect(options[.delimiter] == .text(";") && options[.header] == .truth(false))
        #expect(options[.skipRows] == .number(2))
        #expect(options[.missingValues] == .list([.text(""), .text("NA")]))
        #expect(
            options[.dateFormats]
                == .mapping(["born": .text("%d.%m.%Y"), "seen": .list([.text("%Y-%m-%d"), .text("%d/%m/%Y")])])
        )
        let flat = Self.nested.replacing("type: model\n", with: "").replacing("settings:\n", with: "")
            .replacing("\n  ", with: "\n")
        #expect(try DeploymentManifest.read(text: flat, file: "d.yml").settings.readOptions == options)
    }

    @Test func `What is printed reads back`() throws {
        var draft = try DeploymentManifest.read(text: Self.nested, file: "d.yml")
        draft.settings.readOptions = try ReadOptionsManifest.read([
            ("delimiter", "tab"), ("quote", "'"), ("escape", "\\"), ("header", "true"), ("rename.A", "1"),
            ("column_names", "['a: b', ' c']"), ("missing_values", "['', ~x, 'null']"),
        ])
        let text = ManifestValue(draft).yaml
        #expect(try DeploymentManifest.read(text: text, file: "again.yml") == draft, "\(text)")
    }

    @Test(arguments: [
        (ReadOption.delimiter, "~"), (.delimiter, "["), (.comment, "{"), (.sheet, "null"), (.sheet, "[2024]"),
        (.partitionFormat, "{country}/{day:yyyy/MM/dd}/x.csv"), (.partitionFormat, "{ts/at}:{e/yyyy/MM/dd}/x.csv"),
    ])
    func `A text that begins as a list or a mapping does is set as it is`(option: ReadOption, text: String) throws {
        let options = try #require(try ReadOptionsManifest.read([(option.key, text)]))
        #expect(options[option] == .text(text))
        #expect(try ReadOptionsManifest.read(ReadOptionsManifest.assignments(of: options)) == options)
        let document = try YAMLDocument(text: Self.nested, file: "d.yml")
            .setting(path: "settings.read_options.\(option.key)", value: text)
        #expect(try DeploymentManifest.read(document).settings.readOptions?[option] == .text(text))
    }

    @Test(arguments: ["", "a.b", "a[0]", "a=b"]) func `A name that is no key of a path is given with the whole mapping`(
        name: String
    ) throws {
        let options = try #require(try ReadOptionsManifest.read([("rename", "{'\(name)': city, Alter: age}")]))
        let assignments = ReadOptionsManifest.assignments(of: options)
        #expect(assignments.map(\.key) == ["rename"])
        #expect(try ReadOptionsManifest.read(assignments) == options)
    }

    @Test(arguments: ["", "null"]) func `A text of an option can be unset`(word: String) throws {
        let document = try YAMLDocument(text: Self.nested, file: "d.yml")
            .setting(path: "settings.read_options.delimiter", value: word)
        #expect(try DeploymentManifest.read(document).settings.readOptions?[.delimiter] == nil)
    }

    @Test func `Everything that is wrong is told with its line`() throws {
        let error = #expect(throws: ValidationError.self) {
            try DeploymentManifest.read(
                text: """
                    name: wine-mlflow
                    endpoint_name: wine-batch
                    type: model
                    model: azureml:wine@latest
                    settings:
                      read_options:
                        delimeter: ";"
                        decimal: ","
                        thousands: ","
                        types:
                          a: string
                          b: text
                        missing_values: [null]
                        colour: red
                    """,
                file: "d.yml"
            )
        }
        expectGolden((error?.description ?? "") + "\n", "read-options-problems.txt")
    }

    @Test(.timeLimit(.minutes(1)))
    func `Thousands of wrong keys and columns are refused in few words`() {
        let keys = (0..<5_000).map { "delimiter\($0): x" }.joined(separator: ", ")
        let names = Array(repeating: "a", count: 5_000).joined(separator: ", ")
        let error = #expect(throws: ValidationError.self) {
            try ReadOptionsManifest.read(
                YAMLDocument(text: "read_options: {columns: [\(names)], \(keys)}", file: "bomb.yml")
            )
        }
        #expect((error?.problems.count ?? 0) > 20)
        #expect((error?.description.utf8.count ?? 0) < 20_000)
    }

    @Test(arguments: [
        ("delimiter", ";"), ("delimiter", "tab"), ("columns", "[a, b c]"), ("rename.Alter", "age"), ("header", "false"),
        ("date_formats", "%d/%m/%Y"), ("date_formats.born", "%d/%m/%Y"), ("take", "5"),
        ("missing_values", "['', \"NA\"]"),
    ])
    func `An assignment is taken and given back as one that reads the same`(key: String, value: String) throws {
        let options = try #require(try ReadOptionsManifest.read([(key, value)]))
        let again = ReadOptionsManifest.assignments(of: options)
        #expect(again.map(\.key) == [key])
        #expect(try ReadOptionsManifest.read(again) == options)
    }
}
