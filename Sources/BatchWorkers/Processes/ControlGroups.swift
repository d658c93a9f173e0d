import BatchDomain
import Foundation
import Glibc
import SystemKit

/// The folder of this process's own control group, in which each worker gets one: used where it is there, needed nowhere.
package struct ControlGroups: Equatable, Sendable {
    private static let prefix = "batchstudio-"

    /// The folder.
    package let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    /// Those of this process; nil where version 2 is not mounted, or where it may not make groups and move its workers there.
    package static func current() -> ControlGroups? {
        let (mounts, membership) = (text(of: "/proc/self/mountinfo"), text(of: "/proc/self/cgroup"))
        return ControlGroupMounts.folders(mounts: mounts, membership: membership)
            .first { access($0, W_OK | X_OK) == 0 && access($0 + "/cgroup.procs", W_OK) == 0 }
            .map { ControlGroups(folder: $0) }
    }

    /// True when the system limits the memory of groups that are created here.
    package var limitMemory: Bool {
        Self.text(of: folder + "/cgroup.subtree_control").split(whereSeparator: \.isWhitespace).contains("memory")
    }

    /// Puts a process into a new group of its own.
    ///
    /// - Parameters:
    ///   - pid: The process.
    ///   - name: Unique in this process.
    ///   - mark: The workspace's, by which ``sweep(markedBy:lastFolderAt:)`` finds it.
    ///   - limit: Bytes that all in it may hold together; nil for no bound.
    /// - Returns: The group; nil when the system refuses one.
    package func enclose(_ pid: Int, as name: String, markedBy mark: String, memoryLimit limit: Int?) -> ControlGroup? {
        let group = ControlGroup(path: "\(folder)/\(Self.prefix(for: mark))\(getpid())-\(name)")
        guard mkdir(group.path, 0o755) == 0 else { return nil }
        if let limit { group.limitMemory(to: limit) }
        if group.add(pid) { return group }
        group.end()
        return nil
    }

    /// The groups here that are a workspace's.
    package func groups(markedBy mark: String) -> [ControlGroup] {
        names.filter { $0.hasPrefix(Self.prefix(for: mark)) }.map { ControlGroup(path: folder + "/" + $0) }
    }

    /// Ends what dead executors left in groups; only for the holder of the executor's lock.
    ///
    /// The last one may have been started from another group than this one: `file` holds which.
    ///
    /// - Parameters:
    ///   - mark: The workspace's.
    ///   - file: The file with the folder of the last executor's groups; it holds this one's afterwards.
    package static func sweep(markedBy mark: String, lastFolderAt file: String) {
        let last = text(of: file)
        let here = current()
        if last.hasPrefix("/"), last != here?.folder { ControlGroups(folder: last).sweep(mark) }
        here?.sweep(mark)
        guard let here, here.folder != last else { return }
        try? DurableFile.write(here.folder.utf8, to: file)
    }

    private func sweep(_ mark: String) {
        for group in groups(markedBy: mark) { group.end() }
        // Those of workspaces that are no longer opened; one with a process in it stays.
        for name in names where Self.isAbandoned(name) { rmdir(folder + "/" + name) }
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

    /// Returns whether the process that created a group is gone, or is a zombie: 2026-11-23, a killed executor was one for a second.
    private static func isAbandoned(_ name: String) -> Bool {
        let parts = name.split(separator: "-")
        guard name.hasPrefix(prefix), parts.count > 2, let maker = Int(parts[2]) else { return false }
        return ProcessStat(of: maker)?.isEnded ?? true
    }

    private static func prefix(for mark: String) -> String {
        "\(prefix)\(SHA256.hexadecimalDigest(of: mark).prefix(12))-"
    }

    private static func text(of file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }
}
