import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct InvokeTests {
    @Test func `starts a job and prints what scripts read`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let before = bench.executorStarts
            let answer = await bench.run("batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest")
            expectGolden(answer.output, "invoke/answer.json")
            #expect(bench.executorStarts > before)
            let name = await bench.run(
                "batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --query name -o tsv"
            )
            #expect(name.output == "GUID\n")
        }
    }

    @Test(
        arguments: [
            "--input ./unlabeled", "--input ./unlabeled --input-type uri_folder", "--input-path folder:./unlabeled",
            "--input-dataset azureml:wine-unlabeled:1", "--input-local-path ./unlabeled",
            "--input ./unlabeled/a.csv --input-type uri_file", "--input-path file:./unlabeled/a.csv",
            "--input-data azureml:wine-unlabeled:1",
        ]
    )
    func `takes the input by the flags of all years`(flags: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("batch-endpoint invoke -n wine-batch \(flags) --query status -o tsv")
            #expect(answer == .init(output: "Queued\n", error: "", exitCode: 0))
        }
    }

    @Test(
        arguments: [
            ("empty", "is empty: there is nothing to score"), ("nested", "holds only folders"),
            ("marks", "is empty: there is nothing to score"), ("gone", "There is no folder or file on target path"),
        ]
    )
    func `An input without files is refused as a wrong path is`(input: String, message: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try FileManager.default.createDirectory(
                atPath: bench.folder + "/empty",
                withIntermediateDirectories: true
            )
            try write("alcohol\n1\n", to: bench.folder + "/nested/folder/a.csv")
            try write("", to: bench.folder + "/marks/_SUCCESS")
            let answer = await bench.run("batch-endpoint invoke -n wine-batch --input ./\(input)")
            #expect(answer.exitCode == 1 && answer.output == "" && answer.error.contains(message), "\(answer.error)")
            #expect(await bench.run("job list").output == "[]\n")
        }
    }

    @Test func `The same call again returns its job, also when the input has been emptied since`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let line = "batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night --query name -o tsv"
            #expect(await bench.run(line).output == "night\n")
            for name in ["a", "b"] {
                try FileManager.default.removeItem(atPath: "\(bench.folder)/unlabeled/\(name).csv")
            }
            let again = await bench.run(line)
            #expect(again.exitCode == 0 && again.output == "night\n", "\(again.error)")
        }
    }

    @Test(
        arguments: [
            ("mini_batch_sise=3", "--set mini_batch_sise is not known; did you mean 'mini_batch_size'?"),
            ("settings.eror_threshold=3", "--set eror_threshold is not known; did you mean 'error_threshold'?"),
            ("retry_settings.timout=3", "did you mean 'retry_settings.timeout'?"),
            ("compte=x", "did you mean 'compute'?"),
        ]
    )
    func `A slip in a setting's key gets the key that was meant`(assignment: String, advice: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --set \(assignment)")
            #expect(answer.exitCode == 2 && answer.error.contains(advice), "\(answer.error)")
        }
    }

    @Test func `overrides every setting that one job may override`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run(
                "batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night -c 2 -m 3 "
                    + "--max-concurrency-per-instance 4 --logging-level debug --env A=1 B=2 --tag owner=me "
                    + "--set output_file_name=scores.csv retry_settings.timeout=60 retry_settings.max_retries=5 "
                    + "error_threshold=-1 environment_variables.C=3 tags.team=cellar display_name=Nightly "
                    + "--experiment-name trials --output-path azureml://datastores/workspaceblobstore/paths/scores"
            )
            #expect(answer.error == "")
            let job = try await bench.workspace().job("night")
            let settings = job.specification.settings
            #expect(
                settings.instanceCount == 2 && settings.maxConcurrencyPerInstance == 4 && settings.miniBatchSize == 3
            )
            #expect(settings.timeout == 60 && settings.maxRetries == 5 && settings.loggingLevel == .debug)
            #expect(settings.environmentVariables == ["A": "1", "B": "2", "C": "3"])
            #expect(job.specification.output.file == bench.folder + "/workspace/blobs/scores/scores.csv")
            #expect(job.tags == ["owner": "me", "team": "cellar"])
            #expect(job.displayName == "Nightly" && job.experimentName == "trials")
        }
    }

    @Test func `overrides read options key by key`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let updated = await bench.run(
                "batch-deployment update -n wine-mlflow -e wine-batch --set settings.read_options.delimiter=; "
                    + "settings.read_options.decimal=, --query read_options"
            )
            #expect(
                updated
                    == .init(output: "{\n  \"delimiter\": \";\",\n  \"decimal\": \",\"\n}\n", error: "", exitCode: 0)
            )
            let answer = await bench.run(
                "batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night --set read_options.delimiter=tab "
                    + "read_options.rename.Alter=age settings.read_options.columns=[a,b] "
                    + "read_options.date_formats=%d/%m/%Y -o none"
            )
            #expect(answer.error == "")
            let options = try #require(try await bench.workspace().job("night").specification.settings.readOptions)
            #expect(options[.delimiter] == .text("\t") && options[.decimal] == .text(","))
            #expect(options[.rename] == .mapping(["Alter": .text("age")]))
            #expect(options[.columns] == .list([.text("a"), .text("b")]))
            #expect(options[.dateFormats] == .text("%d/%m/%Y"))
        }
    }

    @Test func `refuses an unknown read option with the nearest one, and contradictions with the deployment's`()
        async throws
    {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let invoke = "batch-endpoint invoke -n wine-batch --input ./unlabeled --set"
            let unknown = await bench.run("\(invoke) read_options.delimeter=; read_options.take=0")
            #expect(unknown.exitCode == 2)
            expectMessage(unknown.error, "read-options/unknown")
            _ = await bench.run(
                "batch-deployment update -n wine-mlflow -e wine-batch --set settings.read_options.delimiter=,"
            )
            let contradiction = await bench.run("\(invoke) read_options.decimal=,")
            #expect(contradiction.exitCode == 2)
            expectMessage(contradiction.error, "read-options/contradiction")
        }
    }

    @Test func `reads an mltable when it is registered, and a local one when the job starts`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write(
                "paths: [{pattern: ./*.csv}]\ntransformations: [{read_delimited: {delimiter: tab}}, {take: 3}]\n",
                to: bench.folder + "/unlabeled/MLTable"
            )
            let shown = await bench.run(
                "data create -n wines --type mltable --path ./unlabeled --query [type,table.files,table.read_options] -o yaml"
            )
            #expect(
                shown.output == """
                    - mltable
                    - - '*.csv'
                    - format: delimited
                      delimiter: "\\t"
                      header: true
                      take: 3

                    """
            )
            // What is registered stays as it was.
            try write("paths: [{file: ./a.csv}]\n", to: bench.folder + "/unlabeled/MLTable")
            let invoke = "batch-endpoint invoke -n wine-batch -o none"
            let answer = await bench.run(
                "\(invoke) --input azureml:wines@latest --job-name one --set read_options.take=9"
            )
            #expect(answer.error == "")
            _ = await bench.run("\(invoke) --input ./unlabeled --input-type mltable --job-name two")
            let one = try await bench.workspace().job("one").specification
            #expect(one.input.patterns == ["*.csv"] && one.settings.readOptions?[.take] == .number(9))
            #expect(one.settings.readOptions?[.delimiter] == .text("\t"))
            let two = try await bench.workspace().job("two").specification
            #expect(two.input.patterns == ["a.csv"] && two.settings.readOptions == nil)
            try write("paths: [{file: ./none.csv}]\n", to: bench.folder + "/unlabeled/MLTable")
            let refused = await bench.run("\(invoke) --input ./unlabeled --input-type mltable")
            #expect(refused.exitCode == 2)
            expectMessage(refused.error, "mltable/missing-file")
            // What job show prints starts the same job again.
            let again = await bench.run("job show -n one -o yaml")
            try write(again.output, to: bench.folder + "/job.yml")
            let created = await bench.run("job create -f \(bench.folder)/job.yml -n three -o none")
            #expect(created.error == "")
            let three = try await bench.workspace().job("three").specification
            #expect(three.input == one.input && three.settings == one.settings)
        }
    }

    @Test(
        arguments: [
            ("batch-endpoint invoke -n wine-batch --input ./unlabeled", "--input-type"),
            ("data create -n wines --path ./unlabeled", "--type"), ("job create -f FOLDER/job.yml", "type:"),
            ("data preview ./unlabeled", "--input-type"),
        ]
    )
    func `asks for the type of a folder that holds an MLTable file`(line: String, flag: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write("paths: [{pattern: ./*.csv}]\n", to: bench.folder + "/unlabeled/MLTable")
            try write(
                "endpoint_name: wine-batch\ninputs: {input: {path: ./unlabeled}}\n",
                to: bench.folder + "/job.yml"
            )
            let answer = await bench.run(line.replacing("FOLDER", with: bench.folder))
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "mltable/type of \(flag)")
        }
    }

    @Test func `takes a folder that holds an MLTable file as a folder where that is said`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write("paths: [{pattern: ./*.csv}]\n", to: bench.folder + "/unlabeled/MLTable")
            let data = await bench.run("data create -n wines --type uri_folder --path ./unlabeled --query type -o tsv")
            #expect(data == .init(output: "uri_folder\n", error: "", exitCode: 0))
            _ = await bench.run(
                "batch-endpoint invoke -n wine-batch --input ./unlabeled --input-type uri_folder --job-name one"
            )
            let input = try await bench.workspace().job("one").specification.input
            #expect(input.kind == .folder && input.patterns == nil)
        }
    }

    @Test func `takes settings from a file, and flags over those key by key`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write(
                """
                inputs: {wines: {type: uri_folder, path: ./unlabeled}}
                settings:
                  mini_batch_size: 3
                  retry_settings: {timeout: 7}
                  environment_variables: {A: "1"}
                  output_file_name: scores.csv
                  read_options: {delimiter: ";", decimal: ",", rename: {Alter: age}}

                """,
                to: bench.folder + "/inputs.yml"
            )
            let answer = await bench.run(
                "batch-endpoint invoke -n wine-batch -f \(bench.folder)/inputs.yml --job-name night -m 5 --env B=2 "
                    + "--set read_options.delimiter=tab"
            )
            #expect(answer.exitCode == 0, "\(answer.error)")
            let overrides = try await bench.workspace().job("night").specification.overrides
            #expect(overrides.miniBatchSize == 5 && overrides.timeout == 7)
            #expect(overrides.environmentVariables == ["A": "1", "B": "2"])
            #expect(overrides.outputFileName == "scores.csv")
            #expect(overrides.readOptions?[.delimiter] == .text("\t"))
            #expect(overrides.readOptions?[.decimal] == .text(","))
            #expect(overrides.readOptions?[.rename] == .mapping(["Alter": .text("age")]))
        }
    }

    @Test func `says what is wrong with the settings of a file by its lines`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write(
                "inputs: {wines: {path: ./unlabeled}}\nsettings: {read_options: {delimeter: ;}}\n",
                to: bench.folder + "/inputs.yml"
            )
            let answer = await bench.run("batch-endpoint invoke -n wine-batch -f \(bench.folder)/inputs.yml")
            #expect(answer.exitCode == 2)
            expectMessage(answer.error, "invoke/file")
        }
    }

    @Test func `takes input and output from a file, and flags over those`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let file = bench.folder + "/inputs.yml"
            try write(
                """
                inputs: {wines: {type: uri_folder, path: ./unlabeled}}
                outputs:
                  score: {type: uri_file, path: azureml://datastores/workspaceblobstore/paths/scores/night.csv}
                """,
                to: file
            )
            _ = await bench.run("batch-endpoint invoke -n wine-batch --file \(file) --job-name night")
            let night = try await bench.workspace().job("night").specification
            #expect(night.input.path == bench.folder + "/unlabeled")
            #expect(night.output.file == bench.folder + "/workspace/blobs/scores/night.csv")
            _ = await bench.run(
                "batch-endpoint invoke -n wine-batch -f \(file) --input ./unlabeled/a.csv --set output_file_name=day.csv "
                    + "--job-name day"
            )
            let day = try await bench.workspace().job("day").specification
            #expect(day.input.path == bench.folder + "/unlabeled/a.csv")
            #expect(day.output.file == bench.folder + "/workspace/blobs/scores/day.csv")
        }
    }

    @Test(
        arguments: [
            "--set inputs.wines.path=./unlabeled inputs.wines.type=uri_folder outputs.score.path=PLACE",
            "--set inputs.wines.path=./unlabeled --set outputs.score.path=PLACE mini_batch_size=3",
            "--input ./unlabeled --set outputs.score.path=PLACE/predictions.csv outputs.score.type=uri_file",
            "--set inputs.wines.type=uri_folder inputs.wines.path=./unlabeled --output-path PLACE",
        ]
    )
    func `takes input and output in pairs, as Azure's pages write them`(flags: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let place = "azureml://datastores/workspaceblobstore/paths/scores"
            let answer = await bench.run(
                "batch-endpoint invoke -n wine-batch --job-name night \(flags.replacing("PLACE", with: place))"
            )
            #expect(answer.error == "")
            let job = try await bench.workspace().job("night").specification
            #expect(job.input.path == bench.folder + "/unlabeled")
            #expect(job.output.file == bench.folder + "/workspace/blobs/scores/predictions.csv")
        }
    }

    @Test(
        arguments: [
            ("two-inputs", "--set inputs.a.path=./unlabeled inputs.b.path=./unlabeled"),
            ("input-twice", "--input ./unlabeled --set inputs.a.path=./unlabeled"),
            ("input-type", "--set inputs.a.path=./unlabeled inputs.a.type=folder"),
            ("no-path", "--set inputs.a.type=uri_folder"),
            ("misspelt", "--set inputs.a.pth=./unlabeled"),
            ("no-mapping", "--set inputs=./unlabeled"),
            (
                "output-twice",
                "--input ./unlabeled --set outputs.s.path=azureml://datastores/a/paths/b "
                    + "--output-path azureml://datastores/a/paths/c"
            ),
        ]
    )
    func `pairs that can't be right start nothing`(name: String, flags: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("batch-endpoint invoke -n wine-batch \(flags)")
            #expect(answer.exitCode == 2)
            expectMessage(answer.error, "invoke/\(name)")
            #expect(try await bench.workspace().jobs().isEmpty)
        }
    }

    @Test func `starts nothing when the query can't be understood`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --query lenght(@)")
            #expect(answer.exitCode == 2)
            #expect(try await bench.workspace().jobs().isEmpty)
        }
    }

    /// A script that calls it again because it failed would score twice.
    @Test func `names the job where the query does not fit the answer`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --query sum(@)")
            #expect(answer.exitCode == 0)
            #expect(answer.output == "")
            expectMessage(answer.error, "query/misfit-of-job")
        }
    }

    @Test func `other commands fail where the query does not fit the answer`() async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run("compute list --query [].sum(name)")
            #expect(answer.exitCode == 2)
            #expect(answer.output == "")
            expectMessage(answer.error, "query/misfit")
        }
    }

    @Test func `says everything that is wrong at once`() async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run(
                "batch-endpoint invoke -n wine-batch -m x -c 0 --set a=b output_action=summary_only --env FOO "
                    + "--output-path here --input-type folder --input m"
            )
            #expect(answer.exitCode == 2)
            expectMessage(answer.error, "invoke/problems")
        }
    }
}
