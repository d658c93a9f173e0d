import BatchDomain
import BatchWorkers

/// Has the files of the mini-batches that come next fetched ahead of need, and lets go of those that are done with.
struct InputWindow {
    /// How many unassigned mini-batches are on disk or on their way.
    let width: Int
    /// Mini-batches whose files are on disk.
    private(set) var ready: Set<Int> = []

    private let fetcher: InputFetcher
    private let plan: MiniBatchPlan
    private var asked: Set<Int> = []
    private var deaths = 0

    /// Opens the window for a job with a number of workers.
    init(_ fetcher: InputFetcher, plan: MiniBatchPlan, workers: Int) {
        self.fetcher = fetcher
        self.plan = plan
        // Enough small files that the next ones come while these are scored.
        width = max(2 * workers + 2, 96 / plan.size)
    }

    /// Asks for the files of these mini-batches, unless it has.
    mutating func ask(for upcoming: [Int]) {
        for id in upcoming where asked.insert(id).inserted { fetcher.order(.fetch(id: id, files: plan.range(of: id))) }
    }

    /// Notes that the files of a mini-batch are there.
    mutating func arrived(_ id: Int) {
        if asked.contains(id) { ready.insert(id) }
    }

    /// Lets the files of a mini-batch go.
    mutating func release(_ id: Int) {
        guard asked.remove(id) != nil else { return }
        ready.remove(id)
        fetcher.order(.release(id: id))
    }

    /// Starts another process after one died.
    ///
    /// - Throws: ``JobFailure`` when that has happened too often.
    mutating func startAgain(after reason: String) throws {
        deaths += 1
        if deaths > 3 { throw JobFailure("The process that fetches remote inputs \(reason), again and again.") }
        fetcher.start()
        for id in asked.sorted() { fetcher.order(.fetch(id: id, files: plan.range(of: id))) }
    }
}
