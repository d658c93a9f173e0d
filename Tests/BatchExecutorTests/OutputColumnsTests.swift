import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

struct OutputColumnsTests {
    private static let narrow = ["row", "prediction", "file"]
    private static let wide = ["row", "a", "b", "file"]

    /// Columns with ``narrow`` as variant 0 and ``wide`` as variant 1.
    private static var columns: OutputColumns { OutputColumns(variants: [narrow, wide]) }

    /// What becomes of mini-batches that finish in an order, scored again at the end with the output's columns.
    private static func run(_ variants: [Int?], in order: [Int]) throws -> [Int?] {
        var columns = columns
        var journal: [Int: Int?] = [:]
        var again: [Int] = []
        for id in order {
            journal[id] = .some(variants[id])
            for other in columns.finish(id, with: variants[id]) {
                #expect(journal.removeValue(forKey: other) != nil, "\(other) was not finished")
                again.append(other)
            }
        }
        for id in again {
            let variant = try #require(columns.fixed)
            journal[id] = .some(variant)
            #expect(columns.finish(id, with: variant) == [])
        }
        return variants.indices.map { journal[$0] ?? nil }
    }

    @Test(
        arguments: [
            ([0, 1, 0], [0, 0, 0]), ([1, 0, 0], [1, 1, 1]), ([nil, 1, 0], [nil, 1, 1]),
            ([nil, nil, 0, 1], [nil, nil, 0, 0]),
            ([nil, nil], [nil, nil]), ([0, 0, 0], [0, 0, 0]), ([0, nil, 1, nil], [0, nil, 0, nil]),
        ] as [([Int?], [Int?])]
    )
    func `In whatever order mini-batches finish, the first rows in input order decide`(
        variants: [Int?],
        expected: [Int?]
    ) throws {
        for order in Self.orders(of: Array(variants.indices)) {
            #expect(try Self.run(variants, in: order) == expected, "\(order)")
        }
    }

    private static func orders(of ids: [Int]) -> [[Int]] {
        guard ids.count > 1 else { return [ids] }
        return ids.flatMap { first in orders(of: ids.filter { $0 != first }).map { [first] + $0 } }
    }

    @Test func `Columns are fixed once all mini-batches before the first rows are finished`() {
        var columns = Self.columns
        #expect(columns.finish(2, with: 1) == [])
        #expect(columns.finish(1, with: 0) == [])
        #expect(columns.names == nil)
        #expect(columns.finish(0, with: nil) == [2])
        #expect(columns.names == Self.narrow)
        #expect(columns.finish(3, with: 1) == [3])
        #expect(columns.finish(4, with: nil) == [])
    }

    @Test func `A mini-batch whose rows are lost decides nothing before it is scored again`() {
        var columns = Self.columns
        #expect(columns.finish(1, with: 1) == [])
        columns.reopen(1)
        #expect(columns.finish(0, with: nil) == [])
        #expect(columns.names == nil)
        #expect(columns.finish(2, with: 1) == [])
        columns.reopen(0)
        #expect(columns.finish(1, with: 0) == [])
        #expect(columns.finish(0, with: nil) == [2])
    }

    @Test(arguments: 0...4)
    func `A job that is taken up again at any moment comes to the same`(journaled: Int) {
        let arrivals: [(id: Int, variant: Int?)] = [(3, 1), (1, 1), (2, 0), (0, nil)]
        var restored = Self.columns
        let known = arrivals.prefix(journaled).sorted { $0.id < $1.id }
        var again = Set(restored.restore(known.map { JournaledColumns(miniBatch: $0.id, variant: $0.variant) }))
        for (id, variant) in arrivals.dropFirst(journaled) { again.formUnion(restored.finish(id, with: variant)) }
        #expect(again == [2])
        #expect(restored.names == Self.wide)
    }

    @Test func `A mini-batch without a variant has no rows that decide`() {
        var columns = OutputColumns(variants: [Self.narrow])
        let journaled = [JournaledColumns(miniBatch: 0, variant: nil), JournaledColumns(miniBatch: 1, variant: 0)]
        #expect(columns.restore(journaled) == [])
        #expect(columns.names == Self.narrow)
        #expect(columns.number(of: Self.narrow) == 0)
        #expect(columns.number(of: Self.wide) == nil)
    }

    @Test func `A file in parts decides once all its parts are scored`() {
        var columns = Self.columns
        #expect(columns.finish(0, with: 1, in: 0..<3) == [])
        #expect(columns.finish(3, with: 0) == [])
        #expect(columns.finish(2, with: 1, in: 0..<3) == [])
        #expect(columns.names == nil)
        #expect(columns.finish(1, with: 1, in: 0..<3) == [3])
        #expect(columns.names == Self.wide)
    }

    @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1]])
    func `A file of which a part fails decides nothing, whatever was finished before`(order: [Int]) {
        var columns = Self.columns
        for id in order {
            switch id {
            case 3: #expect(columns.finish(3, with: 0) == [])
            case 2: #expect(columns.finish(2, with: nil, in: 0..<3, hasFailed: true) == [])
            // A part after the failed one is recorded without rows.
            default:
                let isLate = order.firstIndex(of: 2) ?? 0 < order.firstIndex(of: id) ?? 0
                #expect(columns.finish(id, with: isLate ? nil : 1, in: 0..<3) == [])
            }
        }
        #expect(columns.names == Self.narrow)
    }

    @Test func `An executor that resumes waits for the parts that are missing`() {
        var columns = Self.columns
        let journaled = [
            JournaledColumns(miniBatch: 0, variant: 1, parts: 0..<3), JournaledColumns(miniBatch: 3, variant: 0),
        ]
        #expect(columns.restore(journaled) == [])
        #expect(columns.names == nil)
        columns.reopen(0)
        #expect(columns.finish(1, with: 1, in: 0..<3) == [])
        #expect(columns.finish(2, with: 1, in: 0..<3) == [])
        #expect(columns.names == nil)
        #expect(columns.finish(0, with: 1, in: 0..<3) == [3])
        #expect(columns.names == Self.wide)
    }

    @Test func `Variants are bounded`() {
        let names = (0..<OutputColumns.maxVariants).map { ["column \($0)"] }
        #expect(OutputColumns(variants: names).isFull)
        #expect(!OutputColumns(variants: names.dropLast()).isFull)
    }

    @Test func `Each list of names is one variant, its order included`() {
        var columns = OutputColumns()
        #expect(columns.variant(of: ["a", "b"]) == 0)
        #expect(columns.variant(of: ["b", "a"]) == 1)
        #expect(columns.variant(of: ["a", "b"]) == 0)
        #expect(columns.variants == [["a", "b"], ["b", "a"]])
    }

    @Test func `The file keeps variants, and one of before is read as one variant`() async throws {
        try await withTemporaryFolder { folder in
            let job = WorkspaceFolder(path: folder).job("job")
            try write("", to: job.path + "/manifest.tsv")
            let file = ColumnsFile(of: job)
            #expect(try file.read() == [])
            try file.write([Self.narrow, Self.wide])
            #expect(try file.read() == [Self.narrow, Self.wide])
            try write(#"["row","prediction","file"]"#, to: job.columns)
            #expect(try file.read() == [Self.narrow])
        }
    }

    @Test(arguments: ["", "no JSON", "{}", #"[["a"],"#])
    func `A file of columns that is damaged is refused`(text: String) async throws {
        try await withTemporaryFolder { folder in
            let job = WorkspaceFolder(path: folder).job("job")
            try write(text, to: job.columns)
            let error = #expect(throws: StudioError.self) { try ColumnsFile(of: job).read() }
            #expect(error?.code == .file)
            expectMessage(error, "columns/damaged", placeholders: [folder: "FOLDER"])
        }
    }

    @Test func `A variant of the journal that the file lacks is refused`() throws {
        let file = ColumnsFile(of: WorkspaceFolder(path: "/w").job("job"))
        try file.check([], have: nil)
        try file.check([Self.narrow], have: 0)
        let missing = #expect(throws: StudioError.self) { try file.check([], have: 0) }
        #expect(missing?.code == .file)
        expectMessage(missing, "columns/missing")
        let lacking = #expect(throws: StudioError.self) { try file.check([Self.narrow], have: 1) }
        #expect(lacking?.code == .file)
        expectMessage(lacking, "columns/lacking")
    }
}
