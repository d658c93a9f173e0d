package import BatchDomain
package import Foundation

/// A message from the executor to a host or worker; `docs/worker-protocol.md` describes each.
package enum ExecutorMessage: Equatable, Sendable {
    case load(Load)
    case fork(worker: Int, streams: WorkerStreams)
    case become(worker: Int, streams: WorkerStreams)
    /// To the driver of a cluster, which kills a worker on its node, also one whose process is only being made.
    case kill(worker: Int)
    case start(Start)
    case columns([String])
    case check(id: Int, bytes: Range<Int>, seconds: Double)
    case run(id: Int, bytes: Range<Int>)
    case runWhole(id: Int, bytes: Range<Int>)
    case runInParts(id: Int, bytes: Range<Int>, parts: [Range<Int>])
    case stop

    /// The scoring script that a host loads.
    package struct Load: Equatable, Sendable, Codable {
        package var script: String
        package var codeFolder: String
        package var modelFolder: String
        package var arguments: [String]
        package var fork: Bool
        /// Seconds that importing the script may take on a node of a cluster; nil on this machine, where the executor counts them.
        package var limit: Int?

        enum CodingKeys: String, CodingKey {
            case script
            case codeFolder = "code_dir"
            case modelFolder = "model_dir"
            case arguments
            case fork, limit
        }
    }

    /// The job that a worker works for.
    package struct Start: Equatable, Sendable, Codable {
        package var job: String
        package var manifest: String
        package var inputRoot: String
        package var segment: String
        package var outputFolder: String
        package var outputAction: String
        package var outputFormat: String
        /// Where the reasons lie why files were not fetched; nil for a local input.
        package var reasons: String?
        package var metrics: String?
        /// Bytes that it may hold; nil for no bound.
        package var memoryLimit: Int?
        /// The rule for the number of predictions; nil for one prediction a row.
        package var rowContract: String?
        /// Rows of a large table that are scored at once; nil for as many as have the bytes of a block.
        package var blockRows: Int?
        /// How rows name their file, `name` or `path`; nil for `name`.
        package var fileColumn: String?
        /// The file that keeps inferred column types; nil where the script is the user's own.
        package var inputTypes: String?
        /// True when `done` names the columns of its rows; nil for the output format's default.
        package var reportColumns: Bool?
        /// The folder that the worker changes to; nil where it stays.
        package var workFolder: String?
        /// How it reads input files; nil for by their names and content.
        package var readOptions: ReadOptions?
        /// True when the script gets each part of a file that is split as a file of its own; nil where it reads parts itself.
        package var partFiles: Bool?
        /// `never` where files are read whole; nil where large ones are read in blocks of rows.
        package var splitFiles: String?
        /// `predictions`, `inputs` for those of both, or `rows` for all columns of a script's rows: what is profiled; nil for nothing.
        package var profile: String?

        package init(
            job: String,
            manifest: String,
            inputRoot: String,
            segment: String,
            outputFolder: String,
            outputAction: String,
            outputFormat: String = "csv",
            reasons: String? = nil,
            metrics: String? = nil,
            memoryLimit: Int? = nil,
            readOptions: ReadOptions? = nil
        ) {
            self.readOptions = readOptions
            self.memoryLimit = memoryLimit
            self.job = job
            self.manifest = manifest
            self.inputRoot = inputRoot
            self.segment = segment
            self.outputFolder = outputFolder
            self.outputAction = outputAction
            self.reasons = reasons
            self.outputFormat = outputFormat
            self.metrics = metrics
        }

        enum CodingKeys: String, CodingKey {
            case job
            case manifest
            case inputRoot = "input_root"
            case segment
            case outputFolder = "output_dir"
            case outputAction = "output_action"
            case outputFormat = "output_format"
            case memoryLimit = "memory_limit"
            case readOptions = "read_options"
            case reasons
            case metrics
            case rowContract = "row_contract"
            case blockRows = "block_rows"
            case fileColumn = "file_column"
            case inputTypes = "input_types"
            case reportColumns = "report_columns"
            case workFolder = "work_dir"
            case partFiles = "part_files"
            case splitFiles = "split_files"
            case profile
        }
    }
}

/// The files that take what a worker's script prints.
package struct WorkerStreams: Equatable, Sendable, Codable {
    /// Takes standard output.
    package var stdout: String
    /// Takes standard error.
    package var stderr: String
    /// Takes the times at which something was printed; nil where they are not needed.
    package var times: String?

    package init(stdout: String, stderr: String, times: String? = nil) {
        self.stdout = stdout
        self.stderr = stderr
        self.times = times
    }
}

extension ExecutorMessage: Encodable {
    private enum Key: String, CodingKey {
        case operation = "op"
        case worker, stdout, stderr, id, offset, length, seconds, parts, names, whole
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .load(let load):
            try container.encode("load", forKey: .operation)
            try load.encode(to: encoder)
        case .fork(let worker, let streams):
            try container.encode("fork", forKey: .operation)
            try container.encode(worker, forKey: .worker)
            try streams.encode(to: encoder)
        case .become(let worker, let streams):
            try container.encode("become", forKey: .operation)
            try container.encode(worker, forKey: .worker)
            try streams.encode(to: encoder)
        case .kill(let worker):
            try container.encode("kill", forKey: .operation)
            try container.encode(worker, forKey: .worker)
        case .start(let start):
            try container.encode("start", forKey: .operation)
            try start.encode(to: encoder)
        case .columns(let names):
            try container.encode("columns", forKey: .operation)
            try container.encode(names, forKey: .names)
        case .check(let id, let bytes, let seconds):
            try container.encode("check", forKey: .operation)
            try container.encode(id, forKey: .id)
            try container.encode(bytes.lowerBound, forKey: .offset)
            try container.encode(bytes.count, forKey: .length)
            try container.encode(seconds, forKey: .seconds)
        case .run(let id, let bytes):
            try container.encode("run", forKey: .operation)
            try container.encode(id, forKey: .id)
            try container.encode(bytes.lowerBound, forKey: .offset)
            try container.encode(bytes.count, forKey: .length)
        case .runWhole(let id, let bytes):
            try container.encode("run", forKey: .operation)
            try container.encode(id, forKey: .id)
            try container.encode(bytes.lowerBound, forKey: .offset)
            try container.encode(bytes.count, forKey: .length)
            try container.encode(true, forKey: .whole)
        case .runInParts(let id, let bytes, let parts):
            try container.encode("run", forKey: .operation)
            try container.encode(id, forKey: .id)
            try container.encode(bytes.lowerBound, forKey: .offset)
            try container.encode(bytes.count, forKey: .length)
            try container.encode(parts.map { [$0.lowerBound, $0.upperBound] }, forKey: .parts)
        case .stop:
            try container.encode("stop", forKey: .operation)
        }
    }

    /// The message as a line of JSON, line feed included.
    package func line() throws -> Data {
        // `run` is sent a million times: no encoder for it.
        if case .run(let id, let bytes) = self {
            return Data("{\"op\":\"run\",\"id\":\(id),\"offset\":\(bytes.lowerBound),\"length\":\(bytes.count)}\n".utf8)
        }
        return try JSONEncoder().encode(self) + Data("\n".utf8)
    }
}
