import BatchDomain
import Foundation
import SystemKit
import TestSupport
import Testing

/// `batchstudio cache`: what is in use stays.
struct CacheCommandTests {
    private static func cache(_ bench: CommandBench) -> String { bench.folder + "/.cache/batchstudio" }

    /// Two environments that are not whole, a runtime of another version, and downloaded files.
    private static func fill(_ bench: CommandBench) throws {
        for name in ["environments/0123456789abcdef", "environments/fedcba9876543210", "runtime/0000000000000000"] {
            try write("text", to: "\(cache(bench))/\(name)/file")
        }
        try write("", to: cache(bench) + "/environments/0123456789abcdef.lock")
        for name in ["idle", "linked", ".partial-\(getpid())-1", ".partial-0-1"] {
            try write("text", to: "\(bench.workspaceFolder.path)/cache/\(name)")
        }
        try FileManager.default.linkItem(
            atPath: bench.workspaceFolder.path + "/cache/linked",
            toPath: bench.folder + "/job"
        )
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func `removes what no process uses, and nothing else`() async throws {
        try await CommandBench.with { bench in
            try Self.fill(bench)
            let used = Self.cache(bench) + "/environments/fedcba9876543210"
            let lock = try #require(try FileLock.attempt(at: used + ".use", shared: true))
            let states = await bench.run(["cache", "list", "--query", "[].[kind, name, state]", "-o", "tsv"]).output
            let expected = [
                "environment\t0123456789ab\tunfinished", "environment\tfedcba987654\tin use",
                "runtime\t000000000000\tidle",
                "input\tinputs\tidle",
            ]
            #expect(Set(states.split(separator: "\n").map(String.init)) == Set(expected))

            let outcomes = await bench.run(["cache", "clean", "--query", "[].[name, outcome]", "-o", "tsv"]).output
            #expect(outcomes.contains("fedcba987654\tin use\n") && outcomes.contains("0123456789ab\tremoved\n"))
            #expect(Self.exists(used + "/file"))
            for gone in ["environments/0123456789abcdef", "runtime/0000000000000000"] {
                #expect(!Self.exists("\(Self.cache(bench))/\(gone)"))
            }
            let inputs = try FileManager.default.contentsOfDirectory(atPath: bench.workspaceFolder.path + "/cache")
            #expect(Set(inputs) == ["linked", ".partial-\(getpid())-1"])

            lock.release()
            #expect(await bench.run("cache clean --kind environment -o none").exitCode == 0)
            #expect(!Self.exists(used))
        }
    }

    @Test func `removes nothing in a dry run, and nothing that was used lately`() async throws {
        try await CommandBench.with { bench in
            try Self.fill(bench)
            let dry = await bench.run(["cache", "clean", "--dry-run", "--query", "[].outcome", "-o", "tsv"]).output
            #expect(dry == "removable\nremovable\nremovable\nremovable\n")
            let use = Self.cache(bench) + "/environments/0123456789abcdef.use"
            try write("", to: use)
            try FileManager.default.setAttributes(
                [.modificationDate: CommandBench.now.addingTimeInterval(-3 * 24 * 60 * 60)],
                ofItemAtPath: use
            )
            let kept = await bench.run([
                "cache", "clean", "--unused-for", "4", "--query", "[].[name, outcome]", "-o", "tsv",
            ])
            #expect(kept.output.contains("0123456789ab\trecent\n"))
            #expect(Self.exists(Self.cache(bench) + "/environments/0123456789abcdef/file"))
            _ = await bench.run("cache clean --unused-for 2 --kind environment")
            #expect(!Self.exists(Self.cache(bench) + "/environments/0123456789abcdef"))
            #expect(await bench.run("cache clean --unused-for=-1").exitCode == 2)
        }
    }
}
