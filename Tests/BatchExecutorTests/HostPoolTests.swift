import BatchWorkers
import StudioLog
import Testing

@testable import BatchExecutor

struct HostPoolTests {
    private static func launch(_ number: Int) -> HostLaunch {
        HostLaunch(
            python: "/usr/bin/python3",
            runtimeFolder: "/runtime",
            script: "/code/\(number).py",
            codeFolder: "/code",
            modelFolder: "/models",
            arguments: [],
            environment: [:]
        )
    }

    @Test func `Idle hosts beyond the pool's capacity end, also while a job runs`() async throws {
        let pool = HostPool(
            listener: try WorkerListener(),
            workspaceID: "test",
            folders: "/none",
            capacity: 2,
            logger: .silent
        )
        for number in 0..<4 { _ = await pool.acquire(Self.launch(number)) }
        // Those in use are not touched.
        #expect(await pool.count == 4)
        await pool.release(Self.launch(0))
        #expect(await pool.count == 3)
        await pool.release(Self.launch(1))
        #expect(await pool.count == 2)
        _ = await pool.acquire(Self.launch(3))
        await pool.release(Self.launch(3))
        #expect(await pool.count == 2)
        await pool.stop()
    }
}
