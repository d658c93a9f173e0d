import BatchDomain
import BatchWorkers
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Scripts whose loading does not end.
@Suite(.serialized) struct HostDeadlineTests {
    @Test func `A script that takes too long to load is given up, and its process is gone`() async throws {
        try await withTemporaryFolder { folder in
            try write("import time\ntime.sleep(600)\n", to: folder + "/code/score.py")
            let launch = HostLaunch(
                python: try await Python.path(),
                runtimeFolder: try RuntimeFiles.install(in: folder + "/cache"),
                script: folder + "/code/score.py",
                codeFolder: folder + "/code",
                modelFolder: folder,
                arguments: [],
                environment: ["HOST_DEADLINE_TEST": folder]
            )
            let host = WorkerHost(
                launch,
                listener: try WorkerListener(),
                workspaceID: folder,
                folders: folder + "/hosts"
            )
            let error = await #expect(throws: StudioError.self) {
                try await host.warmUp(log: folder + "/host.txt", within: .seconds(1))
            }
            #expect(error?.code == .environment)
            expectMessage(error, "host/deadline", placeholders: [folder: "FOLDER"])
            _ = try await wait(for: "the end of the process", within: .seconds(10)) {
                livingProcesses(withEnvironment: "HOST_DEADLINE_TEST=\(folder)").isEmpty ? true : nil
            }
        }
    }

    @Test func `Loading may take what Azure allows init()`() {
        #expect(HostLaunch.loadingTime(timeout: 30) == .seconds(120))
    }
}
