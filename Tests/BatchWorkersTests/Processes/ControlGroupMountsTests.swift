import Foundation
import Glibc
import TestSupport
import Testing

@testable import BatchWorkers

/// What machines tell of their control groups.
struct ControlGroupMountsTests {
    private static let before = """
        23 29 0:22 / /proc rw,nosuid,nodev,noexec,relatime shared:13 - proc proc rw
        25 29 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw

        """

    @Test(arguments: [
        // systemd, unified: a desktop's terminal.
        (
            "30 24 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot",
            "0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope",
            ["/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope"]
        ),
        // systemd, hybrid.
        (
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """,
            """
            9:name=systemd:/
            4:memory:/process_api/bb39540a
            1:cpu:/
            0::/
            """,
            ["/sys/fs/cgroup/unified"]
        ),
        // A container with a namespace of its own; its mount may be read-only.
        (
            "1525 1524 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate",
            "0::/",
            ["/sys/fs/cgroup"]
        ),
        // A container without one: the mount shows its group alone.
        (
            "812 811 0:26 /docker/4f5e /sys/fs/cgroup ro,relatime master:4 - cgroup2 cgroup rw",
            "0::/docker/4f5e/init",
            ["/sys/fs/cgroup/init"]
        ),
        (
            "812 811 0:26 /docker/4f5e /sys/fs/cgroup ro,relatime master:4 - cgroup2 cgroup rw", "0::/docker/4f5e",
            ["/sys/fs/cgroup"]
        ),
        // Version 1 alone.
        (
            "33 25 0:29 / /sys/fs/cgroup/memory rw,relatime shared:15 - cgroup cgroup rw,memory",
            "5:memory:/user.slice\n1:name=systemd:/user.slice", []
        ),
    ])
    func `The own group's folder is found`(mounts: String, membership: String, folders: [String]) {
        #expect(ControlGroupMounts.folders(mounts: Self.before + mounts, membership: membership) == folders)
    }

    @Test(arguments: [
        // Another group's folder, one whose name begins alike, and one outside of the namespace.
        ("/system.slice", "/user.slice"), ("/docker/4f5", "/docker/4f5e"), ("/..", "/"), ("/", "/../other"),
    ])
    func `A mount that does not show the own group is none`(root: String, own: String) {
        let mounts = "30 24 0:26 \(root) /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw"
        #expect(ControlGroupMounts.folders(mounts: mounts, membership: "0::\(own)").isEmpty)
    }

    @Test func `Blanks in paths are read, and every mount is told`() {
        let mounts = """
            30 24 0:26 / /mnt/my\\040groups\\134x rw,relatime - cgroup2 cgroup2 rw
            31 24 0:26 /a\\040b /bound rw,relatime shared:4 master:2 - cgroup2 none rw
            """
        #expect(
            ControlGroupMounts.folders(mounts: mounts, membership: "0::/a b/c\n") == [
                "/mnt/my groups\\x/a b/c", "/bound/c",
            ]
        )
    }

    @Test(arguments: ["", "0::", "0::/\n", "garbage - cgroup2", "1 2 3 - cgroup2\n\n - - - -", "a b c d e f -"])
    func `Lines that are none of the system's give nothing`(lines: String) {
        #expect(ControlGroupMounts.folders(mounts: lines, membership: lines).isEmpty)
        #expect(ControlGroupMounts.folders(mounts: lines, membership: "0::/").isEmpty)
    }
}

/// Places where the system makes no groups, or takes no process in.
struct ControlGroupRefusalTests {
    @Test func `A folder in which the system makes no groups gives none, and nothing is left in it`() async throws {
        try await withTemporaryFolder { folder in
            let groups = ControlGroups(folder: folder)
            let group = groups.enclose(Int(getppid()), as: "job-1", markedBy: "/a", memoryLimit: 1)
            #expect(group == nil)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty)
            #expect(!groups.limitMemory)
        }
    }

    @Test func `A folder that is not there, or can't be written to, gives none`() {
        for folder in ["/nowhere", "/proc/self"] {
            let groups = ControlGroups(folder: folder)
            #expect(groups.enclose(Int(getppid()), as: "job-1", markedBy: "/a", memoryLimit: nil) == nil)
            #expect(groups.groups(markedBy: "/a").isEmpty)
        }
    }
}
