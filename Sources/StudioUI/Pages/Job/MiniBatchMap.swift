import BatchDomain
import TerminalKit

/// The state of each mini-batch of a job, as runs of neighbors with the same state.
struct MiniBatchMap: Equatable {
    private var runs: [MiniBatchRun] = []

    /// The first mini-batch that is not known to need nothing more: ask from here on.
    var frontier: Int {
        var end = 0
        for run in runs {
            guard run.first == end else { break }
            end = run.end
        }
        return end
    }

    /// How many need nothing more.
    var finished: Int { runs.reduce(0) { $0 + $1.count } }

    /// Takes what is known from a mini-batch on, in place of what was.
    mutating func receive(_ news: [MiniBatchRun], from first: Int) {
        var kept = runs.filter { $0.first < first }
        if let last = kept.last, last.end > first { kept[kept.count - 1].count = first - last.first }
        for run in news {
            if let last = kept.last, last.end == run.first, last.outcome == run.outcome {
                kept[kept.count - 1].count += run.count
            } else {
                kept.append(run)
            }
        }
        runs = kept
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
