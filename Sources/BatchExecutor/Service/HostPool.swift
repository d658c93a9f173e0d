import BatchWorkers
import Foundation

/// The hosts that stay warm between jobs, at most a few, the ones used last.
actor HostPool {
    private let listener: WorkerListener
    private let workspaceID: String
    private let capacity: Int
    private var hosts: [(launch: HostLaunch, host: WorkerHost)] = []

    /// Keeps up to `capacity` hosts warm; each costs about 250 MB with a scikit-learn model.
    init(listener: WorkerListener, workspaceID: String, capacity: Int = 3) {
        self.listener = listener
        self.workspaceID = workspaceID
        self.capacity = capacity
    }

    /// The host of a launch: the warm one if there is one.
    func host(for launch: HostLaunch) -> WorkerHost {
        let host: WorkerHost
        if let index = hosts.firstIndex(where: { $0.launch == launch }) {
            host = hosts.remove(at: index).host
        } else {
            host = WorkerHost(launch, listener: listener, workspaceID: workspaceID)
        }
        hosts.append((launch, host))
        return host
    }

    /// Ends the hosts used longest ago, but for the pool's capacity; only while no job runs.
    func trim() async {
        while hosts.count > capacity { await hosts.removeFirst().host.stop() }
    }

    /// Ends all hosts.
    func stop() async {
        while let last = hosts.popLast() { await last.host.stop() }
    }
}
