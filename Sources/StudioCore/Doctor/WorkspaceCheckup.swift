import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// The checks of the workspace's folder, its free space and its executor.
struct WorkspaceCheckup {
    private let folder: WorkspaceFolder
    private let executor: ExecutorAccess
    private let environment: [String: String]

    init(_ folder: WorkspaceFolder, for caller: Caller, executor: ExecutorAccess) {
        self.folder = folder
        self.executor = executor
        environment = caller.environment
    }

    var findings: [Finding] { [workspace] + (exists ? [database] : []) + [space, inputCache, process] + start }

    private var exists: Bool { Workspace.exists(folder) }

    private var workspace: Finding {
        if exists, case .readOnly(let reason)? = try? WorkspaceAccess(to: folder) {
            return Finding(name: "workspace", state: .note, found: "\(folder.path) is read-only: \(reason)")
        }
        let choose = "Choose another with --workspace DIR or $BATCHSTUDIO_WORKSPACE."
        if !FileManager.default.isWritableFile(atPath: nearestFolder) {
            return Finding(name: "workspace", state: .missing, found: "\(folder.path) can't be written", advice: choose)
        }
        return exists
            ? Finding(name: "workspace", state: .ok, found: folder.path)
            : Finding(name: "workspace", state: .note, found: "\(folder.path) is made by the first command")
    }

    private var database: Finding {
        do {
            try Workspace.checkDatabase(folder)
            return Finding(name: "database", state: .ok, found: "not damaged")
        } catch {
            let error = error as? StudioError ?? StudioError(.workspace, "\(error)")
            return Finding(
                name: "database",
                state: .missing,
                found: error.message,
                advice: error.code == .damaged ? "Run: batchstudio doctor --repair" : error.advice ?? ""
            )
        }
    }

    private var space: Finding {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: nearestFolder)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else {
            return Finding(name: "disk space", state: .note, found: "unknown")
        }
        // An environment with MLflow and scikit-learn takes most of a gigabyte.
        let isScarce = free < 2_000_000_000
        return Finding(
            name: "disk space",
            state: isScarce ? .note : .ok,
            found: "\(ByteSize.text(free)) free",
            advice: isScarce ? "Make room: an environment takes about 1 GB." : ""
        )
    }

    private var inputCache: Finding {
        do {
            let limits = try FetchLimits(environment)
            let source = environment[FetchLimits.cacheVariable].map { "\(FetchLimits.cacheVariable)=\($0)" }
            let file = limits.maxFileSize.map { ", \(ByteSize.exactText($0)) for a file" } ?? ""
            let found = "\(ByteSize.exactText(limits.cache)) at most (\(source ?? "the default"))\(file)"
            return Finding(name: "input cache", state: .ok, found: found)
        } catch {
            return Finding(name: "input cache", failure: error)
        }
    }

    private var process: Finding {
        guard exists else { return Finding(name: "executor", state: .ok, found: "starts with the first job") }
        do {
            let pid = try executor.process(folder)
            return Finding(
                name: "executor",
                state: .ok,
                found: pid.map { "runs as process \($0)" } ?? "starts when needed"
            )
        } catch {
            return Finding(
                name: "executor",
                state: .missing,
                found: "\(error)",
                advice: "Check the folder's permissions."
            )
        }
    }

    /// The checks of an executor that is started for them.
    private var start: [Finding] {
        do {
            return try executor.probe(folder) + temporaryFolder
        } catch {
            let failure = error as? StudioError ?? StudioError(.environment, "it can't be started")
            return [Finding(name: "executor start", failure: failure)]
        }
    }

    private var temporaryFolder: [Finding] {
        guard let named = environment["TMPDIR"], !FileManager.default.isWritableFile(atPath: named) else { return [] }
        return [
            Finding(
                name: "temporary files",
                state: .note,
                found: "TMPDIR=\(named) can't be written; the executor uses another folder",
                advice: "Set TMPDIR to a folder that can be written."
            )
        ]
    }

    /// The workspace's folder, or the existing folder in which it would be created.
    private var nearestFolder: String {
        var path = folder.path
        while path != "/", !FileManager.default.fileExists(atPath: path) {
            path = (path as NSString).deletingLastPathComponent
        }
        return path
    }
}
