import BatchDomain
@testable import BatchWorkers
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What goes wrong around a build, with a stand-in for uv where the real one can't be made to fail.
@Suite(.timeLimit(.minutes(2)))
struct EnvironmentTroubleTests {
    let cache = EnvironmentTestCache()

    private func message(_ body: String) async throws -> StudioError? {
        let uv = try cache.fakeUV(body)
        return await #expect(throws: StudioError.self) {
            try await cache.build(["six"], variables: ["BATCHSTUDIO_UV": uv])
        }
    }

    @Test
    func `A full disk is told as such`() async throws {
        let error = try await message("echo 'error: failed to copy: No space left on device (os error 28)' >&2; exit 2")

        #expect(error?.message.hasPrefix("The disk is full") == true)
    }

    @Test
    func `A missing network is told as such, after a try with the packages fetched before`() async throws {
        let error = try await message(
            """
            for word; do [ "$word" = --offline ] && offline=1; done
            [ "$1" = venv ] && exit 0
            if [ "$offline" ]; then echo "hint: Packages were unavailable because the network was disabled." >&2
            else echo "error: Failed to fetch: https://ann:secret@index.example/simple/six/" >&2; fi
            exit 1
            """
        )

        #expect(error?.code == .environment)
        #expect(error?.message.contains("can't be reached") == true)
        #expect(cache.text.contains("packages fetched before"))
        #expect(cache.text.contains("https://***@index.example"))
        #expect(!cache.text.contains("secret"))
    }

    @Test
    func `No Python at all is told as such`() async throws {
        let error = await #expect(throws: StudioError.self) {
            try await cache.build(["six"], pythons: PythonInterpreters(known: []))
        }

        #expect(error?.code == .environment)
        expectMessage(error?.message, "environment/no-python")
    }

    @Test
    func `A named uv that does not work is told as such`() async throws {
        let error = await #expect(throws: StudioError.self) {
            try await cache.build(["six"], variables: ["BATCHSTUDIO_UV": "/nonexistent/uv"])
        }

        #expect(error?.message.contains("/nonexistent/uv") == true)
    }

    @Test
    func `Cancelling a job kills uv and what uv started`() async throws {
        let uv = try cache.fakeUV("sleep 1000 & echo \"child $!\"; wait")
        let child = Mutex<Int32?>(nil)
        let (started, start) = AsyncStream<Void>.makeStream()
        let cache = cache
        let build = Task {
            try await cache.build(["six"], variables: ["BATCHSTUDIO_UV": uv]) { line in
                guard let number = line.firstRange(of: "child ").flatMap({ Int32(line[$0.upperBound...]) }) else {
                    return
                }
                child.withLock { $0 = number }
                start.yield()
            }
        }
        for await _ in started.prefix(1) {}
        build.cancel()

        await #expect(throws: CancellationError.self) { try await build.value }
        let process = try #require(child.withLock { $0 })
        // Gone, or at most a zombie that is not reaped yet.
        let deadline = ContinuousClock.now + .seconds(10)
        while Self.isRunning(process), ContinuousClock.now < deadline { await Task.yield() }
        #expect(!Self.isRunning(process))
        #expect(
            !FileManager.default.fileExists(
                atPath: "\(cache.folder.environments)/\(EnvironmentTestCache.request(["six"]).digest)"
            )
        )
    }

    private static func isRunning(_ process: Int32) -> Bool {
        ProcessStat(of: Int(process)).map { !$0.isEnded } ?? false
    }

    @Test
    func `A build waits for the lock of another process, and says so`() async throws {
        let request = EnvironmentTestCache.request(["six"])
        let slot = "\(cache.folder.environments)/\(request.digest)"
        try FileManager.default.createDirectory(atPath: cache.folder.environments, withIntermediateDirectories: true)
        let python = try #require(await PythonInterpreters.shared.installed().first)
        let holder = ToolProcess(
            executable: python.path,
            arguments: ["-c", Self.holdsLock, slot + ".lock", slot + ".waiting"],
            variables: ["PATH": "/usr/bin:/bin"]
        )
        let (held, hold) = AsyncStream<Void>.makeStream()
        async let outcome = holder.run { _ in hold.yield() }
        for await _ in held.prefix(1) {}

        _ = try await cache.build(["six"]) { line in
            guard line.contains("waiting for it") else { return }
            _ = FileManager.default.createFile(atPath: slot + ".waiting", contents: nil)
        }

        expectMessage(cache.lines.first, "environment/built-by-another")
        #expect(try await outcome.succeeded)
    }

    /// Holds the lock named first until the file named second appears.
    private static let holdsLock = """
        import fcntl, os, sys, time
        lock = open(sys.argv[1], "w")
        fcntl.lockf(lock, fcntl.LOCK_EX)
        print("held", flush=True)
        while not os.path.exists(sys.argv[2]): time.sleep(0.005)
        """
}
