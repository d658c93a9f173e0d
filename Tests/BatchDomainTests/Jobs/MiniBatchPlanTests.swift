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
