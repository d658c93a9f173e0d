import BatchDomain
import Foundation
import Glibc

/// The capabilities that an executor needs before a job can run; each is checked when it starts, and by `doctor`.
package enum StartCheck: String, CaseIterable, Sendable {
    case threads
    case descriptors
    case memory
    case files = "workspace files"
    case sockets
    case processes = "child processes"

    /// Threads that an executor with a few jobs has at a time, besides those for each core.
    private static let neededThreads = 16
    /// Descriptors that an executor without jobs opens, and those that a job opens at a time for each worker.
    private static let neededDescriptors = (executor: 40, worker: 8)
    /// Bytes of address space that an executor and a small Python process need besides what the program itself has.
    private static let addressSpace = 512 << 20

    private static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// True when it can't be distinguished from too few descriptors.
    package var needsDescriptors: Bool { self == .sockets || self == .processes }

    /// Tries it.
    ///
    /// - Parameter folder: The workspace's.
    /// - Returns: What was found, for `doctor`.
    /// - Throws: ``StudioError`` with the reason and the limit to raise.
    package func run(in folder: String) async throws -> String {
        switch self {
        case .threads: return try ThreadProof.run(Self.neededThreads + Self.cores)
        case .descriptors: return try Self.openDescriptors()
        case .memory: return try Self.reserveMemory()
        case .files: return try Self.writeFile(in: folder)
        case .sockets: return try Self.connect()
        case .processes:
            try await ChildProcessProof.run()
            return "start"
        }
    }

    /// Raises the limit of open files as far as this process may, up to what a large job needs.
    package static func raiseDescriptorLimit() {
        var limit = SystemLimit.descriptors.values
        let wanted = min(limit.rlim_max, 4096)
        if limit.rlim_cur >= wanted { return }
        limit.rlim_cur = wanted
        SystemLimit.descriptors.set(limit)
    }

    private static func openDescriptors() throws -> String {
        let needed = neededDescriptors.executor + neededDescriptors.worker * cores
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < needed {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                let reason = String(cString: strerror(errno))
                throw StudioError(
                    .environment,
                    "Too few files can be open at a time: only \(opened.count) more of the \(needed) that jobs need (\(reason))"
                        + "\(SystemLimit.descriptors.note).",
                    advice: "Raise the limit: ulimit -n 1024."
                )
            }
            opened.append(descriptor)
        }
        return "enough: the \(needed) more that jobs need can be opened\(SystemLimit.descriptors.note)"
    }

    private static func reserveMemory() throws -> String {
        // What can't be written counts against a limit of address space alone, not against the machine's memory.
        let place = mmap(nil, addressSpace, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        let megabytes = addressSpace >> 20
        guard let place, place != MAP_FAILED else {
            let reason = String(cString: strerror(errno))
            throw StudioError(
                .environment,
                "Too little memory may be used: not \(megabytes) MiB more (\(reason))\(SystemLimit.addressSpace.note).",
                advice: "Raise the limit: ulimit -v unlimited."
            )
        }
        munmap(place, addressSpace)
        return "enough: the \(megabytes) MiB more that jobs need can be reserved\(SystemLimit.addressSpace.note)"
    }

    /// A full disk is no obstacle: jobs pause for it.
    private static func writeFile(in folder: String) throws -> String {
        guard FileManager.default.fileExists(atPath: folder) else { return "made by the first command" }
        let path = folder + "/.executor-check-\(getpid())"
        defer {
            unlink(path)
            unlink(path + ".renamed")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        var failure = descriptor < 0 ? errno : 0
        if descriptor >= 0 {
            if write(descriptor, "check\n", 6) != 6 || fsync(descriptor) != 0 { failure = errno }
            close(descriptor)
        }
        if failure == 0, rename(path, path + ".renamed") != 0 { failure = errno }
        switch failure {
        case 0: return "written, synced and renamed in \(folder)"
        case ENOSPC, EDQUOT: return "\(folder) is full: jobs pause until there is space"
        default:
            throw StudioError(
                .workspace,
                "\(folder) can't be written: \(String(cString: strerror(failure))).",
                advice: "Check the folder's owner and permissions."
            )
        }
    }

    private static func connect() throws -> String {
        let listener = try WorkerListener()
        try listener.tryConnection()
        return "bound in \((listener.folder as NSString).deletingLastPathComponent)"
    }
}
