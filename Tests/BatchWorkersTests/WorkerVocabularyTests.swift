import Foundation
import TestSupport
import Testing

@testable import BatchDomain

/// The names that the executor and the Python runtime each declare: one that only one side knows fails here, not in a job.
struct WorkerVocabularyTests {
    private static let runtime = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/BatchWorkers/Runtime").path

    /// The texts of a Python expression, sorted.
    private func names(_ expression: String) throws -> [String] {
        let code = """
            import codecs, encodings, json, pkgutil, sys
            sys.dont_write_bytecode = True
            sys.path.insert(0, sys.argv[1])
            from batchstudio_runtime.inputs import columns, format_names, read_options
            from batchstudio_runtime.outputs import formats
            from batchstudio_runtime.scoring import job
            print(json.dumps(sorted(\(expression))))
            """
        return try JSONDecoder().decode([String].self, from: runPython(code, [Self.runtime]))
    }

    private func words(of option: ReadOption) -> [String] {
        switch option.kind {
        case .choice(let words), .choices(let words): words.sorted()
        default: []
        }
    }

    @Test func `Both know the same read options`() throws {
        #expect(try names("read_options.NAMES") == ReadOption.allCases.map(\.key).sorted())
    }

    @Test func `Both know the same formats of input files`() throws {
        let read = try names("set(format_names.TYPED_EXTENSIONS.values()) | {format_names.DELIMITED}")
        #expect(read == words(of: .format))
    }

    @Test func `Both know the same types of columns`() throws {
        #expect(try names("columns.SCALARS") == words(of: .types))
    }

    @Test func `Both know the same formats of outputs`() throws {
        #expect(try names("formats.FORMATS") == RowFormat.allCases.map(\.rawValue).sorted())
    }

    @Test func `Both know the same row contracts`() throws {
        #expect(try names("job.ROW_CONTRACTS") == RowContract.allCases.map(\.rawValue).sorted())
    }

    @Test func `Both know the same contents of the file column`() throws {
        let written = OutputFileColumn.allCases.filter { $0 != .auto }
        #expect(try names("job.FILE_COLUMNS") == written.map(\.rawValue).sorted())
    }

    @Test func `Python has each encoding, under each name that is taken for it`() throws {
        let found = try names("[module.name for module in pkgutil.iter_modules(encodings.__path__)]")
            .compactMap { spelling in TextEncoding.named(spelling).map { [spelling, $0] } }
        #expect(found.count > 90)
        let pairs = String(decoding: try JSONEncoder().encode(found), as: UTF8.self)
        #expect(try names("[own for own, name in \(pairs) if codecs.lookup(own) != codecs.lookup(name)]") == [])
    }
}
