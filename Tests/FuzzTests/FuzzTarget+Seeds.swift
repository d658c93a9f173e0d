extension FuzzTarget {
    /// Realistic inputs, as seeds.
    var seeds: [String] {
        switch self {
        case .yaml:
            [
                """
                $schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
                name: wine-mlflow
                endpoint_name: wine-batch
                type: model
                model: azureml:wine@latest
                compute: azureml:batch-cluster
                resources:
                  instance_count: 2
                settings: {max_concurrency_per_instance: 2, mini_batch_size: 10, output_action: append_row}
                tags: &t {team: 'sales', "a b": 'it''s'}
                properties: *t
                """,
                "- !!str 1\n- |\n  block\n  text\n- >-\n  folded\n- ? a\n  : b\n- ~\n- [1, {a: b}]\n",
                "a: &x [1]\nb: {<<: {c: d}, e: *x}\n",
            ]
        case .mlmodel:
            [
                """
                flavors:
                  python_function: {env: {conda: conda.yaml}, loader_module: mlflow.sklearn, python_version: 3.11.7}
                mlflow_version: 2.17.2
                signature:
                  inputs: '[{"name": "a", "type": "double"}, {"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 4]}}]'
                  outputs: '[{"type": "array", "items": {"type": "object", "properties": {"x": {"type": "long", "required": false}}}}]'
                  params: '[{"name": "t", "type": "float", "default": 0.5, "shape": null}]'
                """
            ]
        case .frames:
            [
                #"{"op":"hello","protocol":1,"role":"worker","token":"t","pid":42,"worker":1}"# + "\n",
                #"{"op":"done","id":1,"offset":0,"bytes":9,"crc":7,"rows":1,"files":1,"failed":[],"failed_count":0,"seconds":{"run":0.5}}"#
                    + "\n" + #"{"op":"exited","worker":1,"pid":42,"status":-9}"# + "\n",
                #"{"op":"heartbeat","id":1,"rss":1000,"cpu":0.5,"file":"a.csv"}"# + "\n"
                    + #"{"op":"forked","worker":1,"pid":4}"#
                    + "\n",
            ]
        case .keys:
            [
                "\u{1b}[A\u{1b}[1;5Cq", "\u{1b}[200~paste\r\n\u{1b}[201~",
                "\u{1b}[<0;10;20M\u{1b}OP\u{1b}]0;t\u{07}ä€𝄞\u{1b}x",
            ]
        case .references:
            [
                "azureml:wine:3", "azureml:wine@latest", "azureml://datastores/workspaceblobstore/paths/a/b",
                "azureml://subscriptions/s/resourcegroups/r/workspaces/w/datastores/d/paths/x/", "file:///a",
                "https://a/b",
            ]
        case .query:
            [
                "[?status=='Completed'].{Name: name, Files: counts.files} | [0]", "[*].[name, tags[]][-1]",
                "[].\"my-key\"",
            ]
        case .csv:
            ["a,b\n1,\"x\"\"y\"\r\n\"two\nlines\",=1+1\n", ",,\n\n\"open"]
        case .requirements:
            [
                "dependencies:\n- python=3.11\n- conda-forge::scikit-learn>=1.2=h1\n- pip:\n  - -r more.txt\n  - mlflow==2.17.2\n",
                "python: 3.8.5\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n",
                "numpy==1.2.* ; python_version < '3.9' # why\n--index-url https://x\npandas[all]~=2.0 \\\n  --hash=sha256:ab\n",
            ]
        case .mltable:
            [
                """
                type: mltable
                paths:
                  - pattern: ./**/*.csv
                  - pattern: './[!a-c]?/year=*/x.csv'
                transformations:
                  - read_delimited: {delimiter: ";", encoding: utf8, header: all_files_same_headers, include_path_column: true}
                  - convert_column_types:
                      - columns: [sold, day]
                        column_type: {datetime: {formats: ["%d.%m.%Y", "%Y-%m-%d"]}}
                      - {columns: price, column_type: float}
                  - keep_columns: [sold, price]
                  - extract_columns_from_partition_format: '/{state}/{day:yyyy/MM/dd}/x.csv'
                  - take: 10
                """,
                "paths: [{folder: ./}, {file: /etc/hostname}]\ntransformations: [read_parquet, drop_columns: a]\n",
                "paths: [{pattern: ./!*.json}]\ntransformations:\n- read_json_lines: {invalid_lines: drop, encoding: utf8}\n",
            ]
        case .readOptions:
            [
                """
                read_options:
                  delimiter: ";"
                  decimal: ","
                  thousands: "."
                  header: false
                  column_names: [a, "b c", 'd: e']
                  date_formats: {a: "%d.%m.%Y", b: ["%Y-%m-%d", "%Y%j"]}
                  missing_values: ["", NA]
                  rename: {Alter: age}
                  types: {zip: string}
                  skip_rows: 2
                  partition_format: "/{state}/{day:yyyy/MM/dd}/x.csv"
                """,
                "read_options.delimiter=;\nread_options.rename.Alter=age\nread_options.columns=[a, b]\nread_options.take=5\n",
                "settings.read_options.quote=none\nread_options.escape=\\\nread_options.encoding=cp1252\n"
                    + "read_options.date_formats=%d/%m/%Y\n",
                "read_options: {delimiter: tab, comment: '#', sheet: S, image_mode: RGB, invalid_lines: drop, format: excel}",
            ]
        }
    }

    /// Signs that mean something to the reader.
    var words: [String] {
        switch self {
        case .yaml, .mlmodel, .requirements, .mltable, .readOptions:
            [
                "&a", "*a", "<<", ": ", "- ", "\n", "  ", "{", "}", "[", "]", "|", ">", "? ", "!!", "'", "\"", "\\",
                "%", "---\n", "\u{85}",
                "\u{2028}", "\r\n", "-r ", "--", "==", "#", "**/", "read_options.", "=", "{d:yyyy}", "%Y", "null",
            ]
        case .frames:
            [
                "\n", "-1", "9223372036854775807", "1e308", "null", "{", "[", "\"\\u0000\"", "\"op\":", "\"pid\":",
                "\"seconds\":{\"a\":1e300}",
            ]
        case .keys:
            [
                "\u{1b}", "\u{1b}[", "\u{1b}[<", ";", "99999999999", "~", "M", "u", "\u{1b}[200~", "\u{1b}[201~",
                "\u{1b}]", "\u{07}", "\u{1b}\\",
            ]
        case .references:
            ["azureml:", "//", "datastores/", "paths/", "..", "@latest", ":", "/", "\0", "\u{202e}", "\u{301}"]
        case .query: ["[", "]", "[]", "[?", "{a:", "}", ".", "|", "==", "`", "'", "*", "-9223372036854775808", "["]
        case .csv: ["\"", "\"\"", ",", "\n", "\r\n", "\0", "="]
        }
    }
}
