import BatchDomain
import Foundation

/// The built `batchstudio`, run as a user runs it, in a workspace and a folder of its own.
package struct Program: Sendable {
    /// What a run printed and how it ended.
    package struct Result: Sendable {
        package let output: String
        package let error: String
        package let exitCode: Int32

        /// The output without the line feed at its end.
        package var line: String { output.trimmingCharacters(in: .newlines) }
    }

    /// The folder that commands are typed in.
    package let folder: String
    /// The variables that every run of it has.
    package let variables: [String: String]

    /// Runs the body with a program in a new folder; its executor and all files are gone afterwards.
    ///
    /// - Parameters:
    ///   - warmUp: False where no process is started but those that the test asks for.
    ///   - body: The test.
    /// - Throws: What the body throws, and when the executor can't be stopped.
    package static func with(warmUp: Bool = false, _ body: (Program) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let program = Program(folder: folder, warmUp: warmUp)
            do {
                try await body(program)
            } catch {
                _ = try program.run("executor", "stop")
                throw error
            }
            _ = try program.run("executor", "stop")
        }
    }

    /// The workspace's folder.
    package var workspace: String { folder + "/workspace" }

    private init(folder: String, warmUp: Bool) {
        self.folder = folder
        var own = ["BATCHSTUDIO_WORKSPACE": folder + "/workspace"]
        if !warmUp { own["BATCHSTUDIO_WARM_UP"] = "never" }
        variables = ProcessInfo.processInfo.environment.merging(own) { $1 }
    }

    /// Runs a command to its end.
    package func run(_ arguments: String...) throws -> Result {
        try run(Self.path, arguments)
    }

    /// Runs a command with arguments that are made elsewhere.
    package func run(_ arguments: [String]) throws -> Result {
        try run(Self.path, arguments)
    }

    /// Runs a command that must succeed and returns what it printed.
    package func succeed(_ arguments: String...) throws -> String {
        try succeed(Self.path, arguments)
    }

    /// Runs a command with arguments that are made elsewhere, which must succeed, and returns what it printed.
    package func succeed(_ arguments: [String]) throws -> String {
        try succeed(Self.path, arguments)
    }

    /// Runs another program that must succeed, in the same folder, and returns what it printed.
    package func succeed(_ executable: String, _ arguments: [String]) throws -> String {
        let result = try run(executable, arguments)
        guard result.exitCode == 0 else {
            throw StudioError(
                .environment,
                "\(arguments.joined(separator: " ")) ended with \(result.exitCode): \(result.error)\(result.output)"
            )
        }
        return result.line
    }

    /// Runs a line of shell, in which `$B` is the program.
    package func shell(_ line: String) throws -> Result {
        try run("/bin/sh", ["-c", "B='\(Self.path)'; " + line])
    }

    private func run(_ executable: String, _ arguments: [String]) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = variables
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        // Files, not pipes: the executor that a command starts must not be waited for, and a full pipe would stop it.
        let streams = [".output", ".error"].map { folder + "/" + UUID().uuidString + $0 }
        for stream in streams { try Data().write(to: URL(fileURLWithPath: stream)) }
        defer { for stream in streams { try? FileManager.default.removeItem(atPath: stream) } }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: streams[0])
        process.standardError = FileHandle(forWritingAtPath: streams[1])
        try process.run()
        process.waitUntilExit()
        return Result(
            output: try String(contentsOfFile: streams[0], encoding: .utf8),
            error: try String(contentsOfFile: streams[1], encoding: .utf8),
            exitCode: process.terminationStatus
        )
    }

    /// Where it is: the built program lies beside the test bundle.
    package static var path: String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (bundle as NSString).deletingLastPathComponent + "/batchstudio"
    }
}

/// The repository that the tests were built from.
package enum Repository {
    /// Its folder.
    package static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The Python of an environment that is kept in the cache, with these packages or those of the tests.
    package static func python(with packages: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: folder + "/scripts/python-environment.sh")
        process.arguments = packages
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw StudioError(.environment, "There is no Python with \(packages.joined(separator: " ")).")
        }
        return line.trimmingCharacters(in: .newlines)
    }
}
