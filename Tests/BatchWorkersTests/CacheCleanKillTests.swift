import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkers

/// `cache clean`, killed at random moments.
@Suite(.timeLimit(.minutes(4)))
struct CacheCleanKillTests {
    typealias Package = EnvironmentTestIndex.Package

    /// Files that make the removal of an environment last.
    private static let files = 3000

    private let cache = EnvironmentTestCache()
    /// The folder that has the cache under the name that the program gives it.
    private var home: String { cache.folder.path + "/home" }

    /// Runs `cache clean` and kills it after a time; without one it runs to its end.
    private func clean(killedAfter seconds: Double?) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = ["cache", "clean", "--kind", "environment", "-o", "none"]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "BATCHSTUDIO_WORKSPACE": cache.folder.path + "/workspace", "XDG_CACHE_HOME": home,
        ]) { $1 }
        try process.run()
        if let seconds {
            // The moment of the kill is what the test varies.
            usleep(UInt32(seconds * 1e6))
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
    }

    /// Makes an environment larger, and this process none of those that use it.
    private func giveUp(_ environment: PythonEnvironment) throws {
        for number in 0..<Self.files {
            try write("", to: "\(environment.folder)/\(environment.record.folder)/\(number)")
        }
        // Once it has been held, this process does not lock it again.
        try? FileManager.default.removeItem(atPath: CacheUse.lockFile(of: environment.folder))
    }

    private func files(of environment: PythonEnvironment) -> Int {
        let folder = "\(environment.folder)/\(environment.record.folder)"
        return (try? FileManager.default.contentsOfDirectory(atPath: folder).count { Int($0) != nil }) ?? 0
    }

    private func imports(_ module: String, in environment: PythonEnvironment) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: environment.python)
        process.arguments = ["-c", "import \(module)"]
        try? process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test func `What is in use stays, and what is half removed is built again`() async throws {
        let packages = [Package(name: "used", version: "1.0"), Package(name: "idle", version: "1.0")]
        try await EnvironmentTestIndex.serve(packages, for: cache) { index in
            let used = try await cache.build(["used==1.0"], variables: index.variables)
            let idle = try await cache.build(["idle==1.0"], variables: index.variables)
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: home + "/batchstudio",
                withDestinationPath: cache.folder.path
            )
            try giveUp(idle)
            let began = Date()
            try clean(killedAfter: nil)
            let whole = Date().timeIntervalSince(began)
            #expect(EnvironmentSlot(folder: idle.folder).finished() == nil)
            #expect(!FileManager.default.fileExists(atPath: idle.folder))

            for round in 0..<12 {
                let again = try await cache.build(["idle==1.0"], variables: index.variables)
                #expect(imports("idle", in: again), "round \(round)")
                try giveUp(again)
                let moment = Double.random(in: 0...whole)
                try clean(killedAfter: moment)
                if EnvironmentSlot(folder: again.folder).finished() != nil {
                    #expect(files(of: again) == Self.files, "killed after \(moment) s of \(whole)")
                }
                #expect(EnvironmentSlot(folder: used.folder).finished() != nil, "killed after \(moment) s of \(whole)")
            }
            #expect(imports("used", in: used))
            #expect(cache.text.contains("being built"))
        }
    }
}
