import Testing

@testable import BatchWorkers

struct ProcessEndTests {
    @Test(arguments: [
        (0, "exited with code 0"), (3, "exited with code 3"), (-11, "was killed by signal 11 (SIGSEGV)"),
        (-9, "was killed by signal 9 (SIGKILL); the system does so when memory runs out"),
        (-64, "was killed by signal 64"),
    ])
    func `The end of a process is told in words`(status: Int, words: String) {
        #expect(ProcessEnd.describe(status) == words)
    }

    @Test func `A process that the executor has killed is no sign of memory that ran out`() {
        #expect(ProcessEnd.describe(-9, isKilledByExecutor: true) == "was killed by batchstudio")
        #expect(ProcessEnd.describe(-11, isKilledByExecutor: true) == "was killed by signal 11 (SIGSEGV)")
    }
}
