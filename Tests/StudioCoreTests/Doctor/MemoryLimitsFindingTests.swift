import BatchWorkers
import TestSupport
import Testing

@testable import StudioCore

struct MemoryLimitsFindingTests {
    @Test func `Without control groups, process limits and a look at processes keep memory limits`() {
        let finding = ToolCheckup.memoryLimits(nil)
        #expect(finding.state == .ok && finding.advice == "")
        expectMessage(finding.found, "memory-limits/no-groups")
    }

    @Test(arguments: [
        ("groups-without-memory", "hugetlb\n"), ("groups-with-memory", "cpu memory pids\n"),
    ])
    func `Control groups are told, and whether the system bounds their memory`(
        name: String,
        controllers: String
    ) async throws {
        try await withTemporaryFolder { folder in
            try write(controllers, to: folder + "/cgroup.subtree_control")
            let finding = ToolCheckup.memoryLimits(ControlGroups(folder: folder))
            #expect(finding.state == .ok)
            expectMessage(finding.found, "memory-limits/\(name)")
        }
    }
}
