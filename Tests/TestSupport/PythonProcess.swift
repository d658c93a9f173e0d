import BatchDomain
package import Foundation
import Synchronization

/// One process is started at a time: 2026-11-22, Foundation on Linux read beyond its memory when two threads did so at once.
private let starting = Mutex(())

/// Runs a program to its end and returns what it printed, byte for byte.
package func runProgram(_ executable: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try starting.withLock { _ in try process.run() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw StudioError(.environment, "\(executable) exited with code \(process.terminationStatus).")
    }
    return data
}

/// Runs a piece of Python to its end and returns what it printed, byte for byte.
package func runPython(_ code: String, _ arguments: [String] = []) throws -> Data {
    try runProgram("/usr/bin/env", ["python3", "-c", code] + arguments)
}

/// The interpreter of an environment with packages of the Python package index, which is built once.
package func pythonInterpreter(with packages: [String]) throws -> String {
    let output = try runProgram(Repository.folder + "/scripts/python-environment.sh", packages)
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}
