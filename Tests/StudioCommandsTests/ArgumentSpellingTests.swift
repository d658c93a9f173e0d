import TestSupport
import Testing

@testable import StudioCommands

/// The spellings of `az` that ArgumentParser does not know.
struct ArgumentSpellingTests {
    @Test(
        arguments: [
            ("batch-endpoint show -n x --query name -otsv", "batch-endpoint show -n x --query name -o tsv"),
            ("batch-endpoint show -nx -o=json", "batch-endpoint show -n x -o json"),
            ("batch-endpoint delete -yotsv -nx", "batch-endpoint delete -y -o tsv -n x"),
            (
                "batch-deployment create --endpoint x --f d.yml",
                "batch-deployment create --endpoint-name x --file d.yml"
            ),
            ("batch-deployment create --endp=x", "batch-deployment create --endpoint-name=x"),
            ("batch-endpoint invoke --n x --f i.yml", "batch-endpoint invoke --name x --file i.yml"),
            ("batch-endpoint invoke -n x --no-r --rec", "batch-endpoint invoke -n x --no-recursive --recursive"),
            ("job list --max 3 --include", "job list --max-results 3 --include-archived"),
            ("job list --output tsv", "job list --output tsv"),
            ("--query [].name job list", "job list --query [].name"),
            ("job -otsv --query=[].name list", "job list -o tsv --query=[].name"),
            ("--only-show ml job list", "job list --only-show-errors"),
            ("ml model show --name wine --vers 2", "model show --name wine --version 2"),
            ("batch-endpoint invoke -n x --set a=-1 b=c -m 3", "batch-endpoint invoke -n x --set a=-1 b=c -m 3"),
            ("batch-endpoint invoke -n x --job-name=-n5", "batch-endpoint invoke -n x --job-name=-n5"),
            ("batch-endpoint invoke -n x -m -1", "batch-endpoint invoke -n x -m -1"),
            ("job retry-failed -n x --error-thr -1", "job retry-failed -n x --error-threshold=-1"),
            ("job retry-failed -n x --wait -1", "job retry-failed -n x --wait -1"),
            ("compute stop -n x --unknown-flag y", "compute stop -n x --unknown-flag y"),
        ]
    )
    func `are rewritten, and nothing else is`(typed: String, taken: String) throws {
        #expect(try canonical(typed) == taken)
    }

    @Test(
        arguments: [
            "", "--help", "--version", "help job", "job help", "job --help", "-o json", "model list --nosuch",
            "---completion batchstudio -- --name 0 x", "--generate-completion-script bash", "job",
            "batch-endpoint show -name x",
        ]
    )
    func `what is not theirs is left to the parser`(typed: String) throws {
        #expect(try canonical(typed) == typed)
    }

    @Test(
        arguments: [
            ("batch-endpoint invoke -n x --in a", "--input-type"),
            ("job list --query-examples --o tsv", "--only-show-errors"),
            ("batch-endpoint invok -n x", "'invoke'"), ("endpoint list", "'batch-endpoint'"),
            ("endpont list", "'batch-endpoint'"), ("online-endpoint list", "scores batches"),
            ("ml registry show", "Azure's cloud"), ("component list", "pipeline components"),
            ("pipeline list", "batch-endpoint"), ("job stream --nmae x", "'--name'"),
            ("batch-endpoint invoke -n x --inptu=a", "'--input'"), ("batch-endpiont list", "'batch-endpoint'"),
            ("--query name jobs list", "'job'"),
        ]
    )
    func `a slip is answered with what may be meant`(typed: String, meant: String) async throws {
        try await CommandBench.with { bench in
            let said = await bench.run(typed)
            #expect(said.exitCode == 2 && said.output == "")
            let error = said.error.prefix { $0 != "\n" }
            #expect(error.contains(meant))
            expectMessage(error, "slip/\(typed)")
        }
    }

    @Test func `a query before the noun counts`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let line = "--query name -otsv batch-endpoint show --n wine-batch"
            #expect(await bench.run(line) == .init(output: "wine-batch\n", error: "", exitCode: 0))
        }
    }

    private func canonical(_ typed: String) throws -> String {
        try ArgumentSpelling.canonical(typed.split(separator: " ").map(String.init)).joined(separator: " ")
    }
}
