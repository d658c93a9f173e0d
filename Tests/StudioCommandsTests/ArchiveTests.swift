import BatchDomain
import BatchWorkspace
import TestSupport
import Testing

/// What is archived is out of the way, not gone.
struct ArchiveTests {
    private static func withAssets(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write("dependencies: [python=3.11]\n", to: bench.folder + "/conda.yaml")
            for line in [
                "model create -n wine --path ./model", "data create -n wine --path ./unlabeled",
                "data create -n wine --path ./unlabeled", "environment create -n wine -c ./conda.yaml",
                "environment create -n wine -c ./conda.yaml",
            ] { #expect(await bench.run(line).exitCode == 0) }
            try await body(bench)
        }
    }

    @Test(arguments: ["model", "data", "environment"])
    func `an archived version is out of lists and stays usable by its version`(noun: String) async throws {
        try await Self.withAssets { bench in
            func versions(_ flags: String = "") async -> String {
                await bench.run("\(noun) list -n wine --query [].version -o tsv \(flags)").output
            }
            let archived = await bench.run("\(noun) archive -n wine -v 2")
            #expect(archived == .init(output: "", error: "", exitCode: 0))
            #expect(await versions() == "1\n")
            #expect(await versions("--archived-only") == "2\n")
            #expect(await versions("--include-archived") == "2\n1\n")
            #expect(await bench.run("\(noun) show -n wine -v 2 --query version -o tsv").output == "2\n")
            #expect(await bench.run("\(noun) show -n wine --label latest --query version -o tsv").output == "1\n")
            #expect(await bench.run("\(noun) list --query [?name=='wine'].version -o tsv").output == "1\n")
            #expect(await bench.run("\(noun) restore -n wine -v 2").exitCode == 0)
            #expect(await versions() == "2\n1\n")
        }
    }

    @Test(arguments: ["model", "data", "environment"])
    func `without a version all go, and the latest is none of them`(noun: String) async throws {
        try await Self.withAssets { bench in
            #expect(await bench.run("\(noun) archive --name wine").exitCode == 0)
            #expect(await bench.run("\(noun) list --query [?name=='wine']").output == "[]\n")
            let latest = await bench.run("\(noun) show -n wine")
            #expect(latest.exitCode == 1)
            expectMessage(latest.error, "archived/\(noun)")
            #expect(await bench.run("\(noun) restore -n wine").exitCode == 0)
            #expect(await bench.run("\(noun) show -n wine --query version -o tsv").output == "2\n")
        }
    }

    @Test(arguments: ["model", "data", "environment"])
    func `what does not exist can't be archived`(noun: String) async throws {
        try await Self.withAssets { bench in
            #expect(await bench.run("\(noun) archive -n nosuch").exitCode == 1)
            #expect(await bench.run("\(noun) archive -n wine -v 9").exitCode == 1)
            #expect(await bench.run("\(noun) list --archived-only --include-archived").exitCode == 2)
        }
    }

    @Test func `a deployment of an archived model goes on and can be changed`() async throws {
        try await Self.withAssets { bench in
            _ = await bench.run("model archive -n wine")
            let update = "batch-deployment update -n wine-mlflow -e wine-batch --set mini_batch_size=7"
            #expect(await bench.run(update).error == "")
            #expect(await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled").exitCode == 0)
        }
    }

    @Test func `a job that has ended is archived, one that runs is not`() async throws {
        try await Self.withAssets { bench in
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night")
            let early = await bench.run("job archive -n night")
            #expect(early.exitCode == 1)
            expectMessage(early.error, "archived/early")
            try await bench.endJob()
            #expect(await bench.run("job archive -n night") == .init(output: "", error: "", exitCode: 0))
            for (flags, names) in [("", ""), ("--archived-only", "night\n"), ("--include-archived", "night\n")] {
                #expect(await bench.run("job list --query [].name -o tsv \(flags)").output == names, "\(flags)")
            }
            #expect(try await bench.workspace().jobSlice(.init()).total == 0)
            #expect(await bench.run("job show -n night --query status -o tsv").output == "Completed\n")
            #expect(await bench.run("job restore -n night").exitCode == 0)
            #expect(await bench.run("job list --query [].name -o tsv").output == "night\n")
        }
    }
}
