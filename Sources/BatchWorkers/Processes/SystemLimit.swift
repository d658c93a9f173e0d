import Glibc

/// A limit that the shell or the service manager set for this process.
enum SystemLimit {
    case descriptors
    case addressSpace
    case processes

    /// The limit now and the one that it may be raised to.
    var values: rlimit {
        var limit = rlimit()
        getrlimit(resource, &limit)
        return limit
    }

    func set(_ limit: rlimit) {
        var limit = limit
        setrlimit(resource, &limit)
    }

    /// The limit in words to append to a sentence; empty where there is none.
    var note: String {
        let limit = values.rlim_cur
        // What allows more than any executor needs is not the reason.
        if limit == rlim_t.max || self == .processes && limit > 4096 { return "" }
        return switch self {
        case .descriptors: "; the limit of open files is \(limit)"
        case .addressSpace: "; the limit of address space is \(limit >> 20) MiB"
        case .processes: "; the limit of processes is \(limit)"
        }
    }

    private var resource: __rlimit_resource_t {
        switch self {
        case .descriptors: __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        case .addressSpace: __rlimit_resource_t(RLIMIT_AS.rawValue)
        case .processes: __rlimit_resource_t(__RLIMIT_NPROC.rawValue)
        }
    }
}
