import BatchDomain
package import Foundation
import Synchronization

/// One process is started at a time: 2026-11-22, Foundation on Linux read beyond its memory when two threads did so at once.
private let starting = Mutex(())

/// Runs a piece of Python to its end and returns what it printed, byte for byte.
package func runPython(_ code: String, _ arguments: [String] = []) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", code] + arguments
    let output = Pipe()
    process.standardOutput = output
    try starting.withLock { _ in try process.run() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw StudioError(.environment, "Python exited with code \(process.terminationStatus).")
    }
    return data
}
