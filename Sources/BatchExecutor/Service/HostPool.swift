import BatchWorkers
import Logging

/// The hosts that stay warm between jobs, at most a few, the ones used last.
actor HostPool {
    private struct Entry {
        var launch: HostLaunch
        var host: WorkerHost
        /// Jobs that use it now.
        var users = 0
    }

    private let listener: WorkerListener
    private let workspaceID: String
    private let folders: String
    private let capacity: Int
    private let logger: Logger
    /// Those used last at the end.
    private var entries: [Entry] = []

    /// Keeps up to `capacity` hosts warm; each costs about 250 MB with a scikit-learn model.
    init(listener: WorkerListener, workspaceID: String, folders: String, capacity: Int = 3, logger: Logger) {
        self.folders = folders
        self.listener = listener
        self.workspaceID = workspaceID
        self.capacity = capacity
        self.logger = logger
    }

    /// The host of a launch, the warm one if there is one, for one job more; ``release(_:)`` ends its use.
    func acquire(_ launch: HostLaunch) async -> WorkerHost {
        var entry: Entry
        if let index = entries.firstIndex(where: { $0.launch == launch }) {
            entry = entries.remove(at: index)
            logger.debug("A fork server is used again.", metadata: ["python": "\(launch.python)"])
        } else {
            let host = WorkerHost(launch, listener: listener, workspaceID: workspaceID, folders: folders)
            entry = Entry(launch: launch, host: host)
            logger.debug("A fork server is added.", metadata: ["python": "\(launch.python)"])
        }
        entry.users += 1
        entries.append(entry)
        await trim()
        return entry.host
    }

    /// The host of a launch as for ``acquire(_:)``, or that of another launch which is loaded already, with its launch.
    func acquire(_ launch: HostLaunch, orLoaded other: HostLaunch) async -> (host: WorkerHost, launch: HostLaunch) {
        let isKnown = entries.contains { $0.launch == launch } || !entries.contains { $0.launch == other }
        let launch = isKnown ? launch : other
        return (await acquire(launch), launch)
    }

    /// A job needs the host of a launch no more.
    func release(_ launch: HostLaunch) async {
        if let index = entries.firstIndex(where: { $0.launch == launch }) {
            entries[index].users -= 1
            // It keeps nothing warm: its workers were processes of their own.
            if !launch.isForked, entries[index].users == 0 { await entries.remove(at: index).host.stop() }
        }
        await trim()
    }

    /// How many hosts there are.
    var count: Int { entries.count }

    /// Ends the idle hosts used longest ago: those beyond the pool's capacity, and all of them when memory runs short.
    private func trim() async {
        let isShort = MachineMemory.isShort
        while let index = entries.firstIndex(where: { $0.users == 0 }), entries.count > capacity || isShort {
            logger.debug("An idle fork server is stopped.", metadata: ["isMemoryShort": "\(isShort)"])
            await entries.remove(at: index).host.stop()
        }
    }

    /// Ends all hosts that no job uses.
    func cool() async {
        while let index = entries.firstIndex(where: { $0.users == 0 }) { await entries.remove(at: index).host.stop() }
    }

    /// Ends all hosts, for good.
    func stop() async {
        while let last = entries.popLast() { await last.host.stop() }
        listener.close()
    }
}
