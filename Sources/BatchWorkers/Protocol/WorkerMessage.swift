import Foundation

/// A message from a host or worker to the executor; `docs/worker-protocol.md` describes each.
package enum WorkerMessage: Equatable, Sendable {
    case hello(Hello)
    case ready(Ready)
    case fatal(ScriptError)
    /// The driver of a cluster waits for it.
    case waiting(Waiting)
    case forked(worker: Int, pid: Int, node: String? = nil)
    /// `lost` is why its node is lost, if it is.
    case exited(worker: Int, pid: Int, status: Int, lost: String? = nil)
    case checked(Checked)
    case failed(id: Int, [FailedFile])
    case part(id: Int, Range<Int>)
    case wholeFile(id: Int, reason: String)
    case done(Done)
    case error(id: Int, ScriptError)
    case diskFull(id: Int, message: String)
    case heartbeat(Heartbeat)
    case bye

    /// The first message on every connection.
    package struct Hello: Equatable, Sendable, Codable {
        package var `protocol`: Int
        package var role: String
        package var token: String
        package var pid: Int
        package var python: String?
        package var worker: Int?
    }

    /// A host has loaded its script, or a worker has run `init()`.
    package struct Ready: Equatable, Sendable, Codable {
        package var seconds: Double
        package var forkable: Bool?
        package var reason: String?
        package var versions: [String: String]?
    }

    /// What the driver of a cluster waits for while it loads.
    package struct Waiting: Equatable, Sendable, Codable {
        package var reason: String
        /// True when the cluster has nodes that can hold a worker, though they may have no room now.
        package var hasNodes: Bool?

        enum CodingKeys: String, CodingKey {
            case reason
            case hasNodes = "has_nodes"
        }
    }

    /// An exception of the scoring script.
    package struct ScriptError: Equatable, Sendable, Codable {
        package var type: String
        package var message: String
        package var traceback: String?

        package init(type: String, message: String, traceback: String? = nil) {
            self.type = type
            self.message = message
            self.traceback = traceback
        }
    }

    /// A file that failed, with its reason.
    package struct FailedFile: Equatable, Sendable, Codable {
        package var file: String
        package var type: String
        package var message: String
        package var traceback: String?
    }

    /// The result of a preflight.
    package struct Checked: Equatable, Sendable, Codable {
        package var id: Int
        package var files: Int
        package var problems: [FailedFile]
        /// Notes for the job: what was inferred or assumed, a sentence each.
        package var notes: [String]?
    }

    /// A scored mini-batch, and where its rows lie in the worker's segment file.
    package struct Done: Equatable, Sendable, Codable {
        package var id: Int
        package var offset: Int
        package var bytes: Int
        package var crc: UInt32
        package var rows: Int
        package var files: Int
        package var failed: [FailedFile]
        package var failedCount: Int
        package var warnings: [String]?
        /// Where the time went, in seconds: `read`, `run`, `write`.
        package var seconds: [String: Double]?
        /// The names of the rows' columns, where `start` asked for them or the output has a header.
        package var columns: [String]?
        /// The exception of `run()` for which the mini-batch was split.
        package var bisected: ScriptError?
        /// The types of the rows of a file's part, which all parts must have; nil without rows.
        package var rowTypes: String?
        /// How long the record of the rows' profile is, in bytes, which follows the rows; nil where there is none.
        package var profileBytes: Int?

        enum CodingKeys: String, CodingKey {
            case rowTypes = "row_types"
            case id, offset, bytes, crc, rows, files, failed, warnings, seconds, columns, bisected
            case failedCount = "failed_count"
            case profileBytes = "profile_bytes"
        }
    }

    /// A sign of life of a busy worker.
    package struct Heartbeat: Equatable, Sendable, Codable {
        package var id: Int?
        package var rss: Int?
        package var cpu: Double?
        package var file: String?
        /// The rows that it has written of its mini-batch, before the end of `run()`.
        package var rows: Int?
        /// The bytes of these rows.
        package var bytes: Int?
    }
}

extension WorkerMessage: Decodable {
    private enum Key: String, CodingKey {
        case operation = "op"
        case worker, pid, status, id, message, failed, offset, length, node, lost
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let operation = try container.decode(String.self, forKey: .operation)
        switch operation {
        case "hello": self = .hello(try Hello(from: decoder))
        case "ready": self = .ready(try Ready(from: decoder))
        case "fatal": self = .fatal(try ScriptError(from: decoder))
        case "waiting": self = .waiting(try Waiting(from: decoder))
        case "forked":
            self = .forked(
                worker: try container.decode(Int.self, forKey: .worker),
                pid: try container.decode(Int.self, forKey: .pid),
                node: try container.decodeIfPresent(String.self, forKey: .node)
            )
        case "exited":
            self = .exited(
                worker: try container.decode(Int.self, forKey: .worker),
                pid: try container.decode(Int.self, forKey: .pid),
                status: try container.decode(Int.self, forKey: .status),
                lost: try container.decodeIfPresent(String.self, forKey: .lost)
            )
        case "checked": self = .checked(try Checked(from: decoder))
        case "failed":
            self = .failed(
                id: try container.decode(Int.self, forKey: .id),
                try container.decode([FailedFile].self, forKey: .failed)
            )
        case "part":
            let first = try container.decode(Int.self, forKey: .offset)
            let count = try container.decode(Int.self, forKey: .length)
            guard first >= 0, count >= 0, first < Int.max - count else {
                throw DecodingError.dataCorruptedError(forKey: .length, in: container, debugDescription: "no range")
            }
            self = .part(id: try container.decode(Int.self, forKey: .id), first..<first + count)
        case "whole_file":
            self = .wholeFile(
                id: try container.decode(Int.self, forKey: .id),
                reason: try container.decode(String.self, forKey: .message)
            )
        case "done": self = .done(try Done(from: decoder))
        case "error":
            self = .error(id: try container.decode(Int.self, forKey: .id), try ScriptError(from: decoder))
        case "disk_full":
            self = .diskFull(
                id: try container.decode(Int.self, forKey: .id),
                message: try container.decode(String.self, forKey: .message)
            )
        case "heartbeat": self = .heartbeat(try Heartbeat(from: decoder))
        case "bye": self = .bye
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .operation,
                in: container,
                debugDescription: "unknown operation \(operation)"
            )
        }
        guard isPossible else {
            throw DecodingError.dataCorruptedError(
                forKey: .operation,
                in: container,
                debugDescription: "the numbers of \(operation) can't be"
            )
        }
    }

    /// Returns whether the numbers are possible: a scoring script is untrusted code, and its messages must neither have the wrong
    /// process killed (group 1 is every process of the user) nor overflow a sum.
    private var isPossible: Bool {
        let processes = 2...Int(Int32.max)
        let counts = 0...(1 << 40)
        switch self {
        case .hello(let hello): return processes.contains(hello.pid)
        case .forked(_, let pid, _): return processes.contains(pid)
        case .exited(_, _, let status, _): return Int32(exactly: status) != nil
        case .checked(let checked): return counts.contains(checked.files)
        case .done(let done):
            let numbers = [done.offset, done.bytes, done.rows, done.files, done.failedCount]
            let seconds = (done.seconds ?? [:]).values
            return numbers.allSatisfy(counts.contains) && seconds.count < 100
                && seconds.allSatisfy { (0...1e9).contains($0) }
        case .heartbeat(let heartbeat):
            let numbers = [heartbeat.rss, heartbeat.rows, heartbeat.bytes].compactMap(\.self)
            return numbers.allSatisfy(counts.contains)
        case .ready(let ready): return (0...1e9).contains(ready.seconds)
        case .part(_, let part): return counts.contains(part.upperBound)
        case .failed, .fatal, .error, .diskFull, .wholeFile, .waiting, .bye: return true
        }
    }
}
