import BatchWorkers
import TestSupport
import Testing

@testable import StudioCore

struct MemoryLimitsFindingTests {
    private static let look = "a check of /proc four times a second"

    @Test func `Without control groups, process limits and a look at processes keep memory limits`() {
        let finding = ToolCheckup.memoryLimits(nil)
        #expect(finding.state == .ok && finding.advice == "")
        #expect(
            finding.found
                == "kept by process limits and \(Self.look); children count, but no control groups for daemons"
        )
    }

    @Test(arguments: [
        ("hugetlb\n", "process limits and \(look), each worker in a control group; daemons count"),
        ("cpu memory pids\n", "process limits, control groups' memory.max and \(look)"),
    ])
    func `Control groups are told, and whether the system bounds their memory`(
        controllers: String,
        words: String
    ) async throws {
        try await withTemporaryFolder { folder in
            try write(controllers, to: folder + "/cgroup.subtree_control")
            let finding = ToolCheckup.memoryLimits(ControlGroups(folder: folder))
            #expect(finding.state == .ok)
            #expect(finding.found == "kept by \(words)")
        }
    }
}
