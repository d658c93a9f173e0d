import BatchDomain
import Testing

struct MiniBatchPlanTests {
    @Test(arguments: [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (100, 10, 10), (7, 1, 7), (3, 1_000_000, 1)])
    func `Files make so many mini-batches`(files: Int, size: Int, count: Int) {
        #expect(MiniBatchPlan(files: files, size: size).count == count)
    }

    @Test(arguments: 0...60, [1, 2, 3, 7, 10, 59, 60, 61])
    func `Every file is in exactly one mini-batch, in input order`(files: Int, size: Int) {
        let plan = MiniBatchPlan(files: files, size: size)
        let batches = (0..<plan.count).map { plan.range(of: $0) }
        #expect(batches.flatMap(Array.init) == Array(0..<files))
        #expect(batches.dropLast().allSatisfy { $0.count == size })
        #expect(batches.allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: [1, 2, 3, 10])
    func `Each part of a split file is a mini-batch, between runs of whole files`(size: Int) {
        let splits = [
            MiniBatchPlan.SplitFile(file: 0, parts: 2), MiniBatchPlan.SplitFile(file: 4, parts: 3),
            MiniBatchPlan.SplitFile(file: 5, parts: 1), MiniBatchPlan.SplitFile(file: 11, parts: 2),
        ]
        let plan = MiniBatchPlan(files: 12, size: size, splitFiles: splits)
        let batches = (0..<plan.count).map { plan.range(of: $0) }
        #expect(batches.flatMap(Array.init) == [0, 0, 1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 11, 11])
        #expect(batches.allSatisfy { (1...size).contains($0.count) })
        #expect(plan.hasParts)
        for (id, files) in batches.enumerated() {
            let split = splits.first { $0.file == files.lowerBound }
            #expect(plan.parts(of: id)?.count == split?.parts)
            #expect(plan.parts(of: id)?.contains(id) ?? true)
        }
        #expect(MiniBatchPlan(files: 3, size: 2).parts(of: 0) == nil)
    }

    @Test func `Huge plans do not trap`() {
        let plan = MiniBatchPlan(files: .max, size: .max)
        #expect(plan.count == 1)
        #expect(plan.range(of: 0) == 0..<Int.max)
    }

    @Test func `A mini-batch that is not there is a mistake of the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = MiniBatchPlan(files: 10, size: 10).range(of: 1)
        }
    }

    @Test func `A size of nothing is a mistake of the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = MiniBatchPlan(files: 10, size: 0)
        }
    }
}
