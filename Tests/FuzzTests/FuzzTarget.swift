import BatchDomain
import Foundation
import TerminalKit

@testable import BatchManifest
@testable import BatchWorkers
@testable import BatchWorkspace
@testable import StudioCommands

/// A reader of text that others wrote: whatever the bytes, it ends, and what it gives holds together.
enum FuzzTarget: String, CaseIterable, Sendable {
    /// YAML descriptions.
    case yaml
    /// The `MLmodel` file of a stranger's model.
    case mlmodel
    /// What workers say to the executor.
    case frames
    /// The bytes of a terminal.
    case keys
    /// `azureml:…` and paths in datastores.
    case references
    /// The subset of JMESPath after `--query`.
    case query
    /// The preview of an output file.
    case csv
    /// Conda and pip files.
    case requirements
    /// The `MLTable` file of a folder.
    case mltable
    /// Read options, in YAML and as `--set` has them.
    case readOptions = "read_options"

    /// Something that a reader gave and that contradicts itself.
    struct Contradiction: Error, CustomStringConvertible {
        var description: String
    }

    /// Reads the bytes.
    ///
    /// - Throws: ``Contradiction`` when what was read does not hold together; a refusal is no error.
    func run(_ bytes: [UInt8]) throws {
        switch self {
        case .yaml: try Self.readYAML(bytes)
        case .mlmodel: _ = try? MLmodel.read(text: String(decoding: bytes, as: UTF8.self), file: "MLmodel")
        case .frames: try Self.readFrames(bytes)
        case .keys: try Self.readKeys(bytes)
        case .references: try Self.readReferences(bytes)
        case .query: try Self.readQuery(bytes)
        case .csv: try Self.readCSV(bytes)
        case .requirements: try Self.readRequirements(bytes)
        case .mltable: try Self.readTable(bytes)
        case .readOptions: try Self.readOptions(bytes)
        }
    }

    static func check(_ holds: Bool, _ what: @autoclosure () -> String) throws(Contradiction) {
        if !holds { throw Contradiction(description: what()) }
    }

    private static func readYAML(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let document = try? YAMLDocument(text: text, file: "/fuzz.yml") else { return }
        _ = try? DeploymentManifest.read(document)
        _ = try? EndpointManifest.read(document)
        let value = ManifestValue(document.root)
        guard let again = try? YAMLDocument(text: value.yaml, file: "/fuzz.yml") else {
            throw Contradiction(description: "printed as what is no YAML: \(value.yaml.debugDescription)")
        }
        try check(ManifestValue(again.root) == value, "read back as another value: \(value.yaml.debugDescription)")
    }

    private static func readFrames(_ bytes: [UInt8]) throws {
        let whole = lines(of: bytes, cutAt: bytes.count)
        try check(whole == lines(of: bytes, cutAt: Int(bytes.first ?? 0)), "lines depend on how the bytes came")
        for line in whole ?? [] {
            guard let message = try? JSONDecoder().decode(WorkerMessage.self, from: line) else { continue }
            switch message {
            case .hello(let hello): try check(pid_t(exactly: hello.pid).map { $0 > 1 } == true, "pid \(hello.pid)")
            case .forked(_, let pid, _): try check(pid_t(exactly: pid).map { $0 > 1 } == true, "pid \(pid)")
            case .exited(_, _, let status, _): _ = ProcessEnd.describe(status)
            case .done(let done):
                try check(min(done.offset, done.bytes, done.rows, done.failedCount) >= 0, "\(done)")
                _ = done.offset + done.bytes
                let seconds = (done.seconds ?? [:]).values.reduce(0, +)
                try check(seconds >= 0 && seconds < 1e12, "\(seconds) seconds")
            default: break
            }
        }
    }

    private static func lines(of bytes: [UInt8], cutAt cut: Int) -> [Data]? {
        var splitter = LineSplitter()
        let cut = min(cut, bytes.count)
        guard let first = try? splitter.take(bytes[..<cut]), let rest = try? splitter.take(bytes[cut...]) else {
            return nil
        }
        return first + rest
    }

    private static func readKeys(_ bytes: [UInt8]) throws {
        var whole = EventDecoder()
        let events = whole.decode(bytes)
        var inPieces = EventDecoder()
        let pieces = bytes.flatMap { inPieces.decode([$0]) }
        try check(events == pieces, "\(events) in one read, \(pieces) byte by byte")
        _ = whole.resolvePending()
        try check(!whole.isWaiting, "waits after it was settled")
    }

    private static func readReferences(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        if let asset = try? AssetReference(text, field: "model") {
            let again = try? AssetReference(asset.description, field: "model")
            try check(again == asset, "\(asset.description.debugDescription) is read as \(String(describing: again))")
        }
        if let data = try? DataReference(text, field: "path") {
            if case .datastore(let path) = data {
                try check(
                    !path.path.utf8.split(separator: UInt8(ascii: "/")).contains { Array($0) == Array("..".utf8) },
                    "leaves its datastore: \(path)"
                )
                let again = try? DatastorePath(path.description, field: "path")
                try check(again == path, "\(path.description.debugDescription) is read as \(String(describing: again))")
            }
        }
        for rule in [NameRule.model, .endpoint, .compute, .job, .version] where rule.problems(in: text).isEmpty {
            try check(
                !text.isEmpty && text != "." && text != ".."
                    && !text.utf8.contains { $0 < 0x21 || $0 > 0x7e || $0 == 0x2f },
                "\(text.debugDescription) may be a name"
            )
        }
    }

    private static let queried: ManifestValue = [
        ["name": "a", "status": "Completed", "counts": ["files": 3], "tags": ["p", "q"], "list": [[1, 2], [3]]],
        ["name": "b", "status": "Failed", "counts": ["files": nil], "tags": []],
    ]

    private static func readQuery(_ bytes: [UInt8]) throws {
        guard let query = try? QueryParser.parse(String(decoding: bytes, as: UTF8.self)) else { return }
        _ = try? query.evaluate(queried).json
    }

    private static func readCSV(_ bytes: [UInt8]) throws {
        let whole = rows(of: bytes, cutAt: bytes.count)
        try check(whole == rows(of: bytes, cutAt: Int(bytes.first ?? 0)), "rows depend on how the bytes came")
    }

    private static func rows(of bytes: [UInt8], cutAt cut: Int) -> [[String]] {
        var reader = CSVReader()
        var rows: [[String]] = []
        func take(_ row: [String]) -> Bool {
            rows.append(row)
            return true
        }
        _ = reader.read(bytes.prefix(cut), take)
        _ = reader.read(bytes.dropFirst(cut), take)
        reader.finish(take)
        return rows
    }

    /// The options that are kept with the packages: they say where those come from.
    private static let options: Set = [
        "--index-url", "--extra-index-url", "--no-binary", "--only-binary", "--trusted-host", "--no-index", "--pre",
        "--require-hashes", "--find-links", "--requirement", "--constraint",
    ]

    private static func readRequirements(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = PipRequirements.read(text: text, file: "/nowhere/requirements.txt").requirements
        lines += (try? CondaFile.read(text: text, file: "/nowhere/conda.yaml"))?.requirements ?? []
        lines +=
            (try? PythonEnvFile.read(text: text, file: "/nowhere/python_env.yaml"))?.dependencies.requirements ?? []
        for line in lines {
            // An option that is none of pip's for packages would do something else with the installer.
            let isOption = line.hasPrefix("-")
            let isKnown = options.contains(String(line.prefix { !$0.isWhitespace }))
            try check(
                !line.contains { $0.isNewline } && (!isOption || isKnown),
                "a requirement is \(line.debugDescription)"
            )
            if isOption { continue }
            let requirement = Requirement(line)
            _ = requirement.release
            _ = requirement.isExact
        }
    }
}
