import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit
import Synchronization

/// The place where the files of one schedule arrive: watched by the kernel where it can be, else to be listed every `poll`.
final class ArrivalWatch: Sendable {
    /// A listing.
    struct Look: Sendable {
        /// When it began.
        var at: Date
        /// The files that no job has scored or taken.
        var files: [Arrivals.File]
        /// Whether changes are reported from now on.
        var isWatched: Bool
        /// Why there are no files, where the folder is not there.
        var remark: String?
    }

    /// Maximum listings until one finds no folder that was not watched before it.
    private static let maxRepeats = 5

    private let schedule: Schedule
    private let workspace: Workspace
    private let look: InputLook
    private let tree: FolderTreeWatch?
    /// The folder above one that is not there yet.
    private let above = Mutex<FileWatch?>(nil)
    private let onChange: @Sendable () -> Void

    init(_ schedule: Schedule, in workspace: Workspace, _ look: InputLook, onChange: @escaping @Sendable () -> Void) {
        self.schedule = schedule
        self.workspace = workspace
        self.look = look
        self.onChange = onChange
        tree = FolderTreeWatch(onChange: onChange)
    }

    /// Lists the input, and watches its folders from before the listing on.
    ///
    /// - Throws: ``StudioError`` when it can't be listed.
    func list() async throws -> Look {
        let at = workspace.now()
        let specification = try await workspace.specification(ofScheduled: schedule)
        let input = specification.input
        guard input.remote == nil else {
            let found = try await look.arrivals(specification, of: schedule)
            return Look(at: at, files: found.files, isWatched: false)
        }
        if let missing = watchAbove(input.path) {
            return Look(at: at, files: [], isWatched: missing, remark: remark(input))
        }
        var found = try await look.arrivals(specification, of: schedule)
        for _ in 0..<Self.maxRepeats {
            switch tree?.set(found.folders) ?? .unavailable {
            case .unchanged: return Look(at: at, files: found.files, isWatched: true)
            case .unavailable: return Look(at: at, files: found.files, isWatched: false)
            case .added: found = try await look.arrivals(specification, of: schedule)
            }
        }
        return Look(at: at, files: found.files, isWatched: false)
    }

    func stop() {
        tree?.stop()
        above.withLock { $0.take()?.stop() }
    }

    private func remark(_ input: JobInput) -> String {
        "The input folder \(input.path) does not exist. Its files are scored once it is there."
    }

    /// Watches for a folder that is not there.
    ///
    /// - Returns: Whether it is watched for; nil where it is there.
    private func watchAbove(_ path: String) -> Bool? {
        above.withLock { $0.take()?.stop() }
        // Twice: it may have come before the folder above it was watched.
        for _ in 0..<2 {
            if FileManager.default.fileExists(atPath: path) { return nil }
            if above.withLock({ $0 != nil }) { break }
            var (folder, name) = (path, "")
            repeat {
                name = (folder as NSString).lastPathComponent
                folder = (folder as NSString).deletingLastPathComponent
            } while folder.utf8.count > 1 && !FileManager.default.fileExists(atPath: folder)
            let watch = FileWatch(of: folder, for: [.created, .movedIn, .gone]) { [onChange, name] _, names in
                if names.contains(name) || names.contains("") { onChange() }
            }
            above.withLock { $0 = watch }
        }
        return above.withLock { $0 != nil }
    }
}
