import BatchDomain
import Foundation
import TestSupport
import Testing

/// `batchstudio score` as far as it is refused before a job.
struct ScoreCommandTests {
    @Test(arguments: ["predictions.xlsx", "predictions", "csv", "x.csv.gz"])
    func `A file of a format that is not written is refused before anything runs`(file: String) async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            let answer = await bench.run("score ./model ./unlabeled -o \(file)")
            #expect(answer.exitCode == 2 && answer.output == "")
            let refusal = "--to is '\(file)': it must end in .csv, .parquet or .jsonl"
            #expect(answer.error.contains(refusal), "\(answer.error)")
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test func `All that is in the way is reported at once, and nothing is made`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            try write("mine", to: bench.folder + "/predictions.csv")
            let answer = await bench.run("score ./typo_model ./unlabelled")
            #expect(answer.exitCode == 1)
            #expect(answer.error.hasPrefix("ERROR: 3 problems:\n"), "\(answer.error)")
            for words in ["predictions.csv exists already", "typo_model is no folder", "on target path"] {
                #expect(answer.error.contains(words), "\(answer.error)")
            }
            for noun in ["model", "batch-endpoint", "job"] { #expect(await bench.run("\(noun) list").output == "[]\n") }
        }
    }

    @Test(arguments: ["--keep scored", ""])
    func `A setting that is refused late leaves no endpoint and no model`(flags: String) async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            let answer = await bench.run("score ./model ./unlabeled --set compute=azureml:gone \(flags)")
            #expect(answer.exitCode == 1 && answer.error.contains("gone"), "\(answer.error)")
            for noun in ["model", "batch-endpoint", "job"] { #expect(await bench.run("\(noun) list").output == "[]\n") }
        }
    }
}
