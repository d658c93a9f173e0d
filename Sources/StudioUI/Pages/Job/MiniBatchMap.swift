import BatchDomain
import TerminalKit

/// The state of each mini-batch of a job, as runs of neighbors with the same state.
struct MiniBatchMap: Equatable {
    private var runs: [MiniBatchRun] = []
    /// How many need nothing more.
    private(set) var finished = 0

    /// The mini-batches of a number of them that are not known to need nothing more: ask for them.
    func gaps(of planned: Int) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var end = 0
        for run in runs {
            if run.first > end { gaps.append(end..<run.first) }
            end = run.end
        }
        if end < planned { gaps.append(end..<planned) }
        return gaps
    }

    /// Takes what was finished in the gaps; of what is known already nothing changes.
    mutating func receive(_ news: [MiniBatchRun]) {
        guard !news.isEmpty else { return }
        var joined: [MiniBatchRun] = []
        joined.reserveCapacity(runs.count + news.count)
        var index = 0
        for run in news {
            while index < runs.count, runs[index].first <= run.first {
                joined.extend(by: runs[index])
                index += 1
            }
            let known = joined.last?.end ?? 0
            let next = index < runs.count ? runs[index].first : Int.max
            let (first, end) = (max(run.first, known), min(run.end, next))
            if first < end { joined.extend(by: MiniBatchRun(first: first, count: end - first, outcome: run.outcome)) }
        }
        for run in runs[index...] { joined.extend(by: run) }
        runs = joined
        finished = runs.reduce(0) { $0 + $1.count }
    }

    /// One tile for each range of mini-batches, in one walk over both.
    func tiles(of ranges: [Range<Int>], running: Set<Int>) -> [TileMap.Tile] {
        var tiles: [TileMap.Tile] = []
        tiles.reserveCapacity(ranges.count)
        let running = running.sorted()
        var nextRunning = 0
        var index = 0
        for range in ranges {
            var counts: [MiniBatchRun.Outcome: Int] = [:]
            while index < runs.count, runs[index].end <= range.lowerBound { index += 1 }
            var look = index
            while look < runs.count, runs[look].first < range.upperBound {
                let overlap = min(runs[look].end, range.upperBound) - max(runs[look].first, range.lowerBound)
                counts[runs[look].outcome, default: 0] += overlap
                look += 1
            }
            while nextRunning < running.count, running[nextRunning] < range.lowerBound { nextRunning += 1 }
            let isRunning = nextRunning < running.count && running[nextRunning] < range.upperBound
            tiles.append(Self.tile(counts, of: range.count, isRunning: isRunning))
        }
        return tiles
    }

    /// A failure among many is what one has to see.
    private static func tile(_ counts: [MiniBatchRun.Outcome: Int], of count: Int, isRunning: Bool) -> TileMap.Tile {
        if counts[.failed, default: 0] > 0 { return failedTile }
        if counts[.partial, default: 0] > 0 { return partialTile }
        let done = counts[.done, default: 0]
        if done == count { return doneTile }
        if isRunning { return runningTile }
        return done > 0 ? partTile : waitingTile
    }

    /// The first mini-batch of some that should be looked at: one that failed, else one with failed files; nil without any.
    func worst(in range: Range<Int>) -> Int? {
        for outcome in [MiniBatchRun.Outcome.failed, .partial] {
            if let run = runs.first(where: { $0.outcome == outcome && $0.end > range.lowerBound }),
                run.first < range.upperBound
            {
                return max(run.first, range.lowerBound)
            }
        }
        return nil
    }

    static let doneTile = TileMap.Tile("■", .success)
    static let partTile = TileMap.Tile("▒", .success)
    static let runningTile = TileMap.Tile("●", .running)
    static let failedTile = TileMap.Tile("✗", .error)
    static let partialTile = TileMap.Tile("!", .warning)
    static let waitingTile = TileMap.Tile("·", .muted)
}
