import Foundation
import Glibc
import TestSupport
import Testing

/// Inputs with what is no regular file, on a model that MLflow has written.
@Suite(.serialized)
struct SpecialFilesTests {
    @Test(.timeLimit(.minutes(5)))
    func `FIFOs, devices and links that lead nowhere fail with their reasons, the files beside them are scored`()
        async throws
    {
        try await Program.with { program in
            try MainJobTests.deployNumeric(in: program)
            let input = program.folder + "/special"
            let manager = FileManager.default
            let data = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/unlabeled/part-00.csv"))
            for path in ["/special", "/outside"] {
                try manager.createDirectory(atPath: program.folder + path, withIntermediateDirectories: true)
                try data.write(to: URL(fileURLWithPath: program.folder + path + "/good.csv"))
            }
            #expect(mkfifo(input + "/fifo.csv", 0o600) == 0)
            for (name, target) in [
                ("zero.csv", "/dev/zero"), ("gone.csv", "nothing"), ("circle", "."), ("outside", "../outside"),
                ("itself.csv", "itself.csv"),
            ] {
                try manager.createSymbolicLink(atPath: input + "/" + name, withDestinationPath: target)
            }
            let invoke = ["batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./special", "--recursive"]
            let job = try program.succeed(Program.path, invoke + ["--query", "name", "-o", "tsv"])
            let streamed = try program.succeed("job", "stream", "-n", job)
            #expect(streamed.contains("Status: Completed"))
            #expect(streamed.contains("Files: 7, 2 succeeded, 5 failed"))
            #expect(streamed.contains("Note: 1 link ") && streamed.contains(": outside → "))
            let list = program.workspace + "/jobs/\(job)/failed_files.csv"
            let failed = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").dropFirst()
            let reasons = [
                ("circle", "contains it"), ("fifo.csv", "regular file: FIFO"),
                ("gone.csv", "to nothing: nothing"), ("itself.csv", "symbolic links"),
                ("zero.csv", "character device"),
            ]
            #expect(failed.count == reasons.count)
            for (line, (file, reason)) in zip(failed, reasons) {
                #expect(line.hasPrefix(file + ",") && line.contains(reason), "\(line)")
            }
        }
    }

    @Test(arguments: ["/dev/zero", "./fifo"])
    func `An input that is no file or folder itself is refused, and no job is made`(input: String) async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            #expect(mkfifo(program.folder + "/fifo", 0o600) == 0)
            for command in [
                ["batch-endpoint", "invoke", "-n", "bench", "--input", input],
                ["batch-deployment", "test", "-n", "script", "-e", "bench", "--input", input],
                ["data", "create", "--name", "special", "--type", "uri_file", "--path", input],
                ["data", "preview", input],
            ] {
                let refused = try program.run(command)
                #expect(refused.exitCode == 1)
                #expect(refused.error.contains("regular file: "), "\(refused.error)")
            }
            #expect(try program.succeed("job", "list", "--query", "length(@)", "-o", "tsv") == "0")
        }
    }
}
