import BatchDomain
import BatchWorkers
import Foundation

/// The checks of Python, uv, the environments, memory limits and GPUs.
struct ToolCheckup {
    private let tools: ToolReport
    private let listing: GPUListing

    init(_ tools: ToolReport, _ listing: GPUListing) {
        self.tools = tools
        self.listing = listing
    }

    var findings: [Finding] { [python, uv, environments, Self.memoryLimits(.current()), gpus] }

    private var gpus: Finding { Finding(name: "GPUs", state: .ok, found: listing.found) }

    private var python: Finding {
        guard let first = tools.pythons.first else {
            return Finding(
                name: "python3",
                state: .missing,
                found: "no Python",
                advice: "Install it: sudo apt-get install python3 python3-venv"
            )
        }
        let others = tools.pythons.dropFirst().map(\.version).sorted(by: >).map { "\($0)" }
        let more = others.isEmpty ? "" : "; also \(others.joined(separator: ", "))"
        return Finding(name: "python3", state: .ok, found: "\(first.version) (\(first.path))\(more)")
    }

    private var uv: Finding {
        guard let uv = tools.uv else {
            return Finding(
                name: "uv",
                state: .note,
                found: "not there yet",
                advice: "Nothing: the first environment fetches it from the package index."
            )
        }
        return Finding(name: "uv", state: .ok, found: "\(uv.version) (\(uv.path))")
    }

    private var environments: Finding {
        let built = tools.environments.filter { $0.record != nil }
        let size = tools.cacheBytes.map { ", \(ByteSize.text($0))" } ?? ""
        let found =
            built.isEmpty
            ? "none yet; they will be in \(tools.cache)" : "\(built.count) built\(size) in \(tools.cache)"
        return Finding(
            name: "environments",
            state: .ok,
            found: found,
            advice: built.isEmpty ? "" : "They can be deleted: jobs build them again."
        )
    }

    /// The means that enforce `memory_limit_per_worker`; control groups are used where they are available.
    static func memoryLimits(_ groups: ControlGroups?) -> Finding {
        let tells = FileManager.default.isReadableFile(atPath: "/proc/self/statm")
        let look = "a check of /proc four times a second"
        let found =
            switch groups {
            case let groups? where groups.limitMemory: "process limits, control groups' memory.max and \(look)"
            case .some: "process limits and \(look), each worker in a control group; daemons count"
            case nil: "process limits and \(look); children count, but no control groups for daemons"
            }
        return Finding(
            name: "memory limits",
            state: tells ? .ok : .note,
            found: "kept by \(tells ? found : "process limits alone; children do not count")",
            advice: tells ? "" : "Mount /proc if jobs with memory_limit_per_worker start processes."
        )
    }
}
