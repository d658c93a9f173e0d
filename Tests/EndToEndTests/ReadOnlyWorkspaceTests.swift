import BatchDomain
import BatchWorkspace
import Foundation
import Glibc
import TestSupport
import Testing

/// Commands in a workspace that another user owns: read by the built program under a user who may not write there.
@Suite(.serialized) struct ReadOnlyWorkspaceTests {
    /// A workspace with a finished job, and the program as a user who may only read it.
    private struct Bench {
        let folder: String
        let workspace: WorkspaceFolder

        static func with(_ body: (Bench) async throws -> Void) async throws {
            try await withTemporaryFolder { folder in
                let place = WorkspaceFolder(path: folder + "/workspace")
                let workspace = try await SampleWorkspace.fill(place)
                for job in try await workspace.jobs() where job.state == .completed {
                    try write("rows\n", to: job.specification.output.folder + "/predictions.csv")
                    try write("The job is Completed.\n", to: place.job(job.name).controllerLog)
                }
                await workspace.checkpoint()
                try FileManager.default.copyItem(atPath: Program.path, toPath: folder + "/batchstudio")
                let bench = Bench(folder: folder, workspace: place)
                try bench.shell("chmod -R a+rX,a-w workspace; chmod 0755 . batchstudio; mkdir -m 0777 target")
                do {
                    try await body(bench)
                } catch {
                    try bench.shell("chmod -R u+w workspace")
                    throw error
                }
                try bench.shell("chmod -R u+w workspace")
            }
        }

        /// Runs a command as the other user, whom root becomes and everybody else is already.
        func run(_ arguments: String...) throws -> (text: String, exitCode: Int32) {
            let become = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
            return try run(
                "\(become)env HOME=\(folder)/target ./batchstudio --workspace workspace \(arguments.joined(separator: " "))"
            )
        }

        func shell(_ line: String) throws {
            let result = try run(line)
            guard result.exitCode == 0 else { throw StudioError(.environment, "\(line): \(result.text)") }
        }

        private func run(_ line: String) throws -> (text: String, exitCode: Int32) {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "{ \(line); } > '\(folder)/said' 2>&1 < /dev/null"]
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            try process.run()
            process.waitUntilExit()
            return (try String(contentsOfFile: folder + "/said", encoding: .utf8), process.terminationStatus)
        }

        /// Paths, sizes and times of all files.
        func state() throws -> String {
            try shell("find workspace -printf '%p %s %T@ %m\\n' | sort > list")
            return try String(contentsOfFile: folder + "/list", encoding: .utf8)
        }
    }

    @Test func `What only reads works and says once whose workspace it is`() async throws {
        try await Bench.with { bench in
            let before = try bench.state()
            let owner = WorkspaceAccess.owner(of: bench.workspace)
            let note = "WARNING: The workspace \(bench.workspace.path) is read-only: owned by \(owner).\n"
            for command in ["job list", "model list", "batch-endpoint show -n wine-growers", "datastore list"] {
                let result = try bench.run(command)
                #expect(result.exitCode == 0, "\(command): \(result.text)")
                #expect(result.text.components(separatedBy: note).count == 2, "\(command): \(result.text)")
            }
            let names = try bench.run(
                "job list",
                "--only-show-errors",
                "-o tsv",
                "--query \"[?status=='Completed'].name\""
            )
            let job = try #require(names.text.components(separatedBy: "\n").first { !$0.isEmpty })
            let log = try bench.run("job stream -n \(job)")
            #expect(log.text.contains("The job is Completed."), "\(job): \(log.text)")
            #expect(try bench.run("workspace show").text.contains("\"is_writable\": false"))
            #expect(try bench.run("doctor").text.contains("owned by \(owner)"))
            #expect(try bench.state() == before)
        }
    }

    @Test func `A finished job's output can be downloaded`() async throws {
        try await Bench.with { bench in
            let list = try bench.run(
                "job list",
                "--only-show-errors",
                "-o tsv",
                "--query \"[?status=='Completed'].name\""
            )
            let texts = try list.text.components(separatedBy: "\n").filter { !$0.isEmpty }.map { job in
                try bench.run("job download -n \(job) --output-name score --download-path target").text
            }
            #expect(texts.contains { $0.contains("predictions.csv") })
        }
    }

    @Test func `Changes are refused with whose workspace it is`() async throws {
        try await Bench.with { bench in
            let before = try bench.state()
            let owner = WorkspaceAccess.owner(of: bench.workspace)
            let refusal = "\(bench.workspace.path) is read-only: owned by \(owner). "
            for command in [
                "batch-endpoint create -n other", "batch-endpoint update -n wine-growers --set description=x",
                "batch-endpoint delete -n new-endpoint --yes", "model archive -n wine",
            ] {
                let result = try bench.run(command)
                #expect(result.exitCode == 1, "\(command)")
                #expect(result.text.contains(refusal), "\(command): \(result.text)")
            }
            #expect(try bench.state() == before)
        }
    }

    @Test func `A workspace that may not even be read says whose it is`() async throws {
        try await Bench.with { bench in
            try bench.shell("chmod 0000 workspace")
            defer { try? bench.shell("chmod 0500 workspace") }
            let result = try bench.run("job list")
            #expect(result.exitCode == 1)
            let owner = WorkspaceAccess.owner(of: bench.workspace)
            #expect(result.text.contains(bench.workspace.path) && result.text.contains("owned by \(owner)"))
        }
    }
}
