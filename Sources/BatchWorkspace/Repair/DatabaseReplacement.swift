import BatchDomain
import Foundation
import Glibc
import SystemKit

/// The replacement of a workspace's database by one with what can be read of it.
///
/// The new one is filled as `studio.sqlite.repairing` and called `studio.sqlite.repaired-TIME` when it is whole and on the disk. Then the
/// old files become `studio.sqlite.damaged-TIME`, and it gets their place. A process that is killed in between leaves the damaged
/// database, or none; the next repair begins again, or finishes.
struct DatabaseReplacement {
    private static let wholeMark = ".repaired-"

    private let folder: WorkspaceFolder

    init(in folder: WorkspaceFolder) {
        self.folder = folder
    }

    /// Returns whether a repair was killed when the old database had its new name and the new one had not.
    static func isUnfinished(_ folder: WorkspaceFolder) -> Bool {
        DatabaseReplacement(in: folder).unfinishedTime != nil
    }

    /// Replaces the database.
    ///
    /// - Parameter now: The time, which is in the old database's new name.
    /// - Returns: The old database's path, if there was one, and what the new one has.
    /// - Throws: ``StudioError`` when the database is a newer version's; errors of the disk, which leave the old one as it was.
    func run(at now: Date) throws -> (setAside: String?, tables: [RepairReport.Table]) {
        if let time = unfinishedTime {
            try finish(time)
            let old = damaged(time)
            return (exists(old) ? old : nil, try Recovery.tables(of: folder))
        }
        try Recovery.checkVersion(of: folder.database)
        let isThere = exists(folder.database)
        removeAbandoned()
        defer { removeAbandoned() }
        let tables = try Recovery(from: isThere ? folder.database : nil, to: draft, in: folder).run()
        try DurableFile.sync(draft)
        let time = freeTime(now)
        try rename(draft, whole(time))
        try finish(time)
        return (isThere ? damaged(time) : nil, tables)
    }

    /// Sets the old files aside and gives the new database their place.
    private func finish(_ time: String) throws {
        // The database first: without its log it is an older one, which must not be found under its name.
        for ending in ["", "-wal", "-shm"] where exists(folder.database + ending) {
            try rename(folder.database + ending, damaged(time) + ending)
        }
        try rename(whole(time), folder.database)
        try DurableFile.sync(folder.path)
    }

    private func rename(_ path: String, _ new: String) throws(FileError) {
        guard Glibc.rename(path, new) == 0 else { throw FileError(.write, new) }
    }

    private var draft: String { folder.database + ".repairing" }

    private func whole(_ time: String) -> String { folder.database + Self.wholeMark + time }

    private func damaged(_ time: String) -> String { folder.database + ".damaged-" + time }

    private var wholeTimes: [String] {
        let mark = (folder.database as NSString).lastPathComponent + Self.wholeMark
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }.sorted()
    }

    private var unfinishedTime: String? { exists(folder.database) ? nil : wholeTimes.last }

    private func freeTime(_ now: Date) -> String {
        var time = now.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        while exists(damaged(time)) { time += "-again" }
        return time
    }

    /// Removes new databases that have no use beside the one that is there.
    private func removeAbandoned() {
        guard unfinishedTime == nil else { return }
        for path in [draft, draft + "-journal"] + wholeTimes.map(whole) { unlink(path) }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
