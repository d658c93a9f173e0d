import BatchDomain
import BatchWorkspace
import TestSupport
import Testing

/// `update` of everything that has one.
struct UpdateTests {
    private static func withEverything(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write("dependencies: [python=3.11]\n", to: bench.folder + "/conda.yaml")
            _ = await bench.run("environment create -n sklearn-env -c ./conda.yaml --tags team=wine")
            _ = await bench.run(
                "batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night --tag team=wine"
            )
            _ = await bench.run("compute create -n batch-cluster --type amlcompute")
            try await body(bench)
        }
    }

    @Test(
        arguments: [
            "model update -n wine -v 1", "data update -n wine-unlabeled", "environment update -n sklearn-env -l latest",
            "job update -n night", "compute update -n batch-cluster", "batch-endpoint update -n wine-batch",
            "batch-deployment update -n wine-mlflow -e wine-batch",
        ]
    )
    func `description and tags are set, added and removed`(command: String) async throws {
        try await Self.withEverything { bench in
            func tags(_ flags: String) async -> String {
                let answer = await bench.run("\(command) \(flags) --query [description,tags.owner,tags.team] -o tsv")
                #expect(answer.error == "", "\(flags)")
                return answer.output
            }
            #expect(await tags("--set description=better tags.owner=me tags.team=cellar") == "better\nme\ncellar\n")
            #expect(await tags("--remove tags.owner --no-wait") == "better\nNone\ncellar\n")
            #expect(await tags("--add tags.owner=you") == "better\nyou\ncellar\n")
            #expect(await tags("--add tags owner=them") == "better\nthem\ncellar\n")
            #expect(await tags("--set tags.owner=[1] --force-string") == "better\n[1]\ncellar\n")
            let show = command.replacing("update", with: "show")
            #expect(await bench.run("\(show) --query tags.owner -o tsv").output == "[1]\n")
        }
    }

    @Test(
        arguments: [
            "model update -n wine --set path=./other", "data update -n wine-unlabeled --set path=./other",
            "environment update -n sklearn-env --set image=python", "job update -n night --set status=Completed",
            "job update -n night --set endpoint_name=other", "model update -n wine --set colour=red",
        ]
    )
    func `what a version is made of can't be changed`(line: String) async throws {
        try await Self.withEverything { bench in
            let answer = await bench.run(line)
            #expect(answer.exitCode == 2)
            expectMessage(answer.error, "update/\(line)")
        }
    }

    @Test func `a compute target takes its numbers by flags and by --set`() async throws {
        try await Self.withEverything { bench in
            let query = "--query [min_instances,max_instances,idle_time_before_scale_down] -o tsv"
            let flags = "--min-instances 1 --max-instances 8 -d 60 --tags a=b"
            #expect(await bench.run("compute update -n batch-cluster \(flags) \(query)").output == "1\n8\n60\n")
            let set = "--set max_instances=9"
            #expect(await bench.run("compute update -n batch-cluster \(set) \(query)").output == "1\n9\n60\n")
            #expect(await bench.run("compute update -n batch-cluster --max-instances 0").exitCode == 2)
            #expect(await bench.run("compute update -n nosuch --max-instances 3").exitCode == 1)
        }
    }

    @Test func `a setting of a deployment is removed, back to its default`() async throws {
        try await Self.withEverything { bench in
            let update = "batch-deployment update -n wine-mlflow -e wine-batch"
            _ = await bench.run(
                "\(update) --set settings.read_options.delimiter=; settings.read_options.decimal=, settings.mini_batch_size=7 "
                    + "settings.retry_settings.timeout=9"
            )
            let options = await bench.run(
                "\(update) --remove settings.read_options.delimiter --query read_options -o json"
            )
            #expect(options == .init(output: "{\n  \"decimal\": \",\"\n}\n", error: "", exitCode: 0))
            let last = await bench.run("\(update) --remove settings.read_options.decimal --query read_options -o json")
            #expect(last == .init(output: "", error: "", exitCode: 0))
            _ = await bench.run("\(update) --set read_options.delimiter=; read_options.decimal=,")
            let none = await bench.run("\(update) --remove settings.read_options --query read_options -o json")
            #expect(none == .init(output: "", error: "", exitCode: 0))
            let numbers = await bench.run(
                "\(update) --remove settings.mini_batch_size settings.retry_settings.timeout "
                    + "--query [mini_batch_size,retry_settings.timeout] -o tsv"
            )
            #expect(numbers.output == "10\n30\n", "\(numbers.error)")
            let absent = await bench.run("\(update) --remove settings.read_options")
            #expect(absent.exitCode == 2)
            expectMessage(absent.error, "update/remove-unknown")
        }
    }

    @Test func `a job keeps the settings that it was submitted with`() async throws {
        try await Self.withEverything { bench in
            let update =
                "batch-deployment update -n wine-mlflow -e wine-batch --set mini_batch_size=7 retry_settings.timeout=9"
            #expect(await bench.run(update).exitCode == 0)
            let settings = "--query settings.[mini_batch_size,retry_settings.timeout] -o tsv"
            #expect(await bench.run("job show -n night \(settings)").output == "4\n60\n")
            for state in [JobState.preparing, .running] {
                try await bench.workspace().setState(of: "night", to: state)
                #expect(await bench.run("job show -n night \(settings)").output == "4\n60\n")
            }
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name later")
            #expect(await bench.run("job show -n later \(settings)").output == "7\n9\n")
        }
    }
}
