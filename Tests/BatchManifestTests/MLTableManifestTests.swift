import BatchDomain
import BatchManifest
import TestSupport
import Testing

struct MLTableManifestTests {
    /// Makes files, and reads the text of an MLTable file in the first's folder `t`.
    private static func read(_ text: String, files: [String] = ["t/a.csv"]) async throws -> (MLTable, folder: String) {
        try await withTemporaryFolder { folder in
            for file in files { try write("x\n", to: "\(folder)/\(file)") }
            try write(text, to: folder + "/t/MLTable")
            return (try MLTableManifest.read(folder: folder + "/t"), folder)
        }
    }

    private static func paths(_ yaml: String, files: [String]) async throws -> (root: String, patterns: [String]) {
        let (table, folder) = try await read("paths: \(yaml)\n", files: files)
        return (String(table.root.dropFirst(folder.count)), table.patterns)
    }

    /// `paths`, the files that are there, the common folder and the patterns below it.
    static let places: [(String, [String], String, [String])] = [
        ("[{file: ./a.csv}]", ["t/a.csv"], "/t", ["a.csv"]),
        ("[{file: a.csv}, {file: ./d/b.csv}]", ["t/a.csv", "t/d/b.csv"], "/t", ["a.csv", "d/b.csv"]),
        ("[{folder: ./d}]", ["t/d/b.csv"], "/t/d", ["**"]),
        ("[{folder: ./}]", ["t/a.csv"], "/t", ["**", "!MLTable"]),
        ("[{pattern: ./*.csv}]", ["t/a.csv"], "/t", ["*.csv"]),
        ("[{pattern: ./*}]", ["t/a.csv"], "/t", ["*", "!MLTable"]),
        ("[{pattern: './d/year=*/*.[cC][sS][vV]'}]", ["t/d/b.csv"], "/t/d", ["year=*/*.[cC][sS][vV]"]),
        ("[{pattern: ./d/b.csv}]", ["t/d/b.csv"], "/t/d", ["b.csv"]),
        ("[{folder: ../u}, {folder: ./d}]", ["t/d/b.csv", "u/c.csv"], "", ["u/**", "t/d/**"]),
        ("[{folder: ./d}, {folder: d}]", ["t/d/b.csv"], "/t/d", ["**"]),
        ("[{file: './!b.csv'}, {file: ./a.csv}]", ["t/!b.csv", "t/a.csv"], "/t", ["/!b.csv", "a.csv"]),
        ("[{pattern: './!*.csv'}]", ["t/a.csv"], "/t", ["/!*.csv"]),
        ("[{file: ./_a.csv}, {file: ./.d/b.csv}]", ["t/_a.csv", "t/.d/b.csv"], "/t", ["_a.csv", ".d/b.csv"]),
        ("[{file: './a[1].csv'}]", ["t/a[1].csv"], "/t", ["a[[]1].csv"]),
        (
            "[{file: ./a.csv}, {folder: ./dd}, {folder: ./d}]", ["t/a.csv", "t/d/b", "t/dd/b"], "/t",
            ["a.csv", "dd/**", "d/**"]
        ),
    ]

    @Test(arguments: places)
    func `Paths become a folder and patterns below it`(
        yaml: String,
        files: [String],
        root: String,
        patterns: [String]
    ) async throws {
        let found = try await Self.paths(yaml, files: files)
        #expect(found.root == root)
        #expect(found.patterns == patterns)
    }

    @Test func `Absolute paths and file addresses are taken`() async throws {
        try await withTemporaryFolder { folder in
            try write("x\n", to: folder + "/u/a.csv")
            try write("paths: [{file: \(folder)/u/a.csv}, {folder: file://\(folder)/u}]\n", to: folder + "/t/MLTable")
            let table = try MLTableManifest.read(folder: folder + "/t/MLTable")
            #expect(table.root == folder + "/u")
            #expect(table.patterns == ["a.csv", "**"])
        }
    }

    /// A list of transformations and the read options that it means.
    static let transformations: [(String, String)] = [
        ("[read_parquet]", "{format: parquet}"),
        ("[{read_parquet: {include_path_column: true}}]", "{format: parquet, include_path_column: true}"),
        ("[{read_delimited: {}}]", "{format: delimited, delimiter: ',', header: true}"),
        (
            "[{read_delimited: {delimiter: ';', encoding: utf8bom, header: no_header, empty_as_string: false}}]",
            "{format: delimited, delimiter: ;, encoding: utf-8-sig, header: false}"
        ),
        (
            """
            [{read_delimited: {delimiter: \\t, encoding: windows1252, header: all_files_different_headers,
            infer_column_types: true, include_path_column: true, path_column: Path, partition_size: 20971520,
            support_multi_line: true}}]
            """,
            "{format: delimited, delimiter: tab, encoding: cp1252, header: true, include_path_column: true}"
        ),
        ("[{read_delimited: {header: from_first_file}}]", "{format: delimited, delimiter: ',', header: true}"),
        (
            "[{read_json_lines: {encoding: iso88591, invalid_lines: drop}}, {take: 5}]",
            "{format: json_lines, encoding: latin-1, invalid_lines: drop, take: 5}"
        ),
        ("[{keep_columns: [a, b]}, {drop_columns: c}]", "{columns: [a, b], drop_columns: [c]}"),
        (
            """
            [{convert_column_types: [{columns: [a, b], column_type: int}, {columns: c, column_type: string},
            {columns: d, column_type: {datetime: {formats: ['%d/%m/%Y', '%Y%j']}}}, {columns: e, column_type: boolean},
            {columns: f, column_type: {boolean: {mismatch_as: error}}}, {columns: g, column_type: float}]}]
            """,
            """
            {types: {a: long, b: long, c: string, d: datetime, e: boolean, f: boolean, g: double},
            date_formats: {d: ['%d/%m/%Y', '%Y%j']}}
            """
        ),
        (
            "[{extract_columns_from_partition_format: '/{state}/{day:yyyy/MM/dd}/x.csv'}]",
            "{partition_format: '/{state}/{day:yyyy/MM/dd}/x.csv'}"
        ),
        ("[{extract_columns_from_partition_format: {day:yyyy/MM/dd}}]", "{partition_format: '{day:yyyy/MM/dd}'}"),
    ]

    @Test(arguments: transformations)
    func `Transformations become read options`(yaml: String, options: String) async throws {
        let (table, _) = try await Self.read("type: mltable\npaths: [{file: a.csv}]\ntransformations: \(yaml)\n")
        let document = try YAMLDocument(text: "read_options: \(options)", file: "expected.yml")
        #expect(table.readOptions == (try ReadOptionsManifest.read(document)))
    }

    @Test func `Azure's own example of delimited text is taken but for what batch jobs do not do`() async throws {
        let error = await #expect(throws: ValidationError.self) {
            try await Self.read(
                """
                $schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
                type: mltable
                paths:
                  - pattern: ./*.csv
                transformations:
                  - read_delimited:
                      encoding: ascii
                      header: all_files_same_headers
                      delimiter: ","
                      include_path_column: true
                      empty_as_string: false
                  - keep_columns: [col1, col2]
                  - filter: 'col("col1") > 32'
                  - skip: 10
                  - take_random_sample: {probability: 0.5, seed: 1394}
                """
            )
        }
        #expect(
            error?.problems.map(\.field)
                == ["transformations.filter", "transformations.skip", "transformations.take_random_sample"]
        )
        #expect(error?.problems.map(\.location?.line) == [13, 14, 15])
    }

    @Test func `Everything that is wrong is told at once, with its line`() async throws {
        try await withTemporaryFolder { folder in
            try write("x\n", to: folder + "/t/a.csv")
            try write("x\n", to: folder + "/t/b.csv")
            try write(
                """
                type: table
                path: ./a.csv
                paths:
                  - file: ./none.csv
                  - file: ./*.csv
                  - folder: ./a.csv
                  - pattern: ./none/*.csv
                  - pattern: ./*/../a.csv
                  - file: azureml://datastores/x/paths/a.csv
                  - folder: https://example.org/data
                  - files: ./a.csv
                  - ./a.csv
                transformations:
                  - read_delimited:
                      delimiter: "||"
                      encoding: klingon
                      header: from_first_file
                      empty_as_string: true
                      infer_column_types: false
                      include_path_colum: true
                      path_column: File
                  - read_parquet
                  - filter: x
                  - take: 0
                  - take: 5
                  - keep_columns: [a]
                  - drop_columns: [a]
                  - convert_column_types:
                      - columns: a
                        column_type: integr
                      - columns: b
                        column_type: {boolean: {true_values: ["yes"]}}
                      - columns: c
                        column_type: {datetime: {formats: dd/MM/yyyy}}
                      - columns: b
                        column_type: int
                  - read_delta_lake: {version_as_of: 1}
                  - keep_colums: [a]
                """,
                to: folder + "/t/MLTable"
            )
            let error = #expect(throws: ValidationError.self) { try MLTableManifest.read(folder: folder + "/t") }
            let text = (error?.description ?? "").replacing(folder, with: "FOLDER")
            expectGolden(text + "\n", "mltable-problems.txt")
        }
    }

    @Test func `A folder without an MLTable file is no table`() async throws {
        try await withTemporaryFolder { folder in
            let error = #expect(throws: StudioError.self) { try MLTableManifest.read(folder: folder) }
            #expect(error?.code == .file)
            expectMessage(error, "mltable/no-file", placeholders: [folder: "FOLDER"])
        }
    }
}
