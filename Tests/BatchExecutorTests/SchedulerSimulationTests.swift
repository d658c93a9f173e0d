import Testing

@testable import BatchExecutor

/// Numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// A pool of workers that finish, fail, die, come and go at random.
private struct Simulation {
    private static let count = 200
    private static let maxAttempts = 3

    private var generator: SeededGenerator
    private var scheduler: MiniBatchScheduler
    private var workers: [Int] = []
    private var lastWorker = 0
    private var now = SuspendingClock.now
    private var tries: [Int: Int] = [:]
    private(set) var finished: Set<Int> = []
    /// What went against the rules, in words.
    private(set) var faults: [String] = []

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let before = Set((0..<Self.count).filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
        self.generator = generator
        finished = before
        scheduler = MiniBatchScheduler(count: Self.count, finished: before, maxAttempts: Self.maxAttempts)
    }

    var isComplete: Bool { finished.count == Self.count && scheduler.isDone && scheduler.unassigned == 0 }

    mutating func run(steps: Int) {
        for _ in 0..<steps where !scheduler.isDone { step() }
        while !scheduler.isDone { calmStep() }
    }

    /// Whatever happened before, workers that do their work finish the job.
    private mutating func calmStep() {
        if workers.isEmpty { hire() }
        guard let worker = workers.first else { return }
        _ = scheduler.assign(to: worker, at: now)
        guard let head = scheduler.current(of: worker) else { return die(worker) }
        finish(head.id, on: worker)
    }

    private mutating func step() {
        now += .milliseconds(Int.random(in: 0...50, using: &generator))
        guard workers.count > 1, let worker = workers.randomElement(using: &generator) else { return hire() }
        for assignment in scheduler.assign(to: worker, at: now) {
            if finished.contains(assignment.id) { faults.append("\(assignment.id) was given after its end") }
            if assignment.attempt != (tries[assignment.id] ?? 0) + 1 { faults.append("\(assignment) is miscounted") }
        }
        guard let head = scheduler.current(of: worker) else { return }
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: die(worker)
        case 1: fail(head.id, on: worker)
        case 2: scheduler.putBack(head.id, from: worker, at: now)
        case 3: hire()
        case 4:
            scheduler.release(worker: worker)
            workers.removeAll { $0 == worker }
        case 5:
            let other = Int.random(in: 0..<Self.count, using: &generator)
            if other != head.id, scheduler.complete(other, on: worker, at: now) != nil {
                faults.append("\(other) was no head")
            }
        default: finish(head.id, on: worker)
        }
    }

    private mutating func hire() {
        lastWorker += 1
        workers.append(lastWorker)
        scheduler.add(worker: lastWorker, at: now)
    }

    private mutating func finish(_ id: Int, on worker: Int) {
        if scheduler.complete(id, on: worker, at: now) == nil { faults.append("\(id) could not be completed") }
        end(id)
    }

    private mutating func fail(_ id: Int, on worker: Int) {
        if let failed = scheduler.fail(id, on: worker, at: now) { charge(id, failed.verdict) }
    }

    private mutating func die(_ worker: Int) {
        workers.removeAll { $0 == worker }
        if let failed = scheduler.remove(worker: worker, at: now) { charge(failed.id, failed.verdict) }
    }

    private mutating func charge(_ id: Int, _ verdict: MiniBatchScheduler.Verdict) {
        tries[id, default: 0] += 1
        switch verdict {
        case .retry: if tries[id] == Self.maxAttempts { faults.append("\(id) has too many tries") }
        case .exhausted(let attempts):
            if attempts != tries[id] { faults.append("\(id) was given up after \(attempts)") }
            end(id)
        }
    }

    private mutating func end(_ id: Int) {
        if !finished.insert(id).inserted { faults.append("\(id) ended twice") }
    }
}

struct SchedulerSimulationTests {
    @Test(arguments: 1...30)
    func `Every mini-batch ends exactly once, whatever happens to the workers`(seed: Int) {
        var simulation = Simulation(seed: UInt64(seed))
        simulation.run(steps: 3000)
        #expect(simulation.faults == [])
        #expect(simulation.isComplete)
    }
}
