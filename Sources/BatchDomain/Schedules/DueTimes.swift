package import FoundationEssentials

/// The times of a schedule that have come since its last run, and what becomes of them.
package struct DueTimes: Equatable, Sendable {
    /// The times for which there are runs, the oldest first.
    package var runs: [Date]
    /// The number of other times, up to ``mostCounted``; the runs stand for them, or they are missed.
    package var others: Int
    /// The last time that is missed; nil where none is.
    package var missed: Date?

    /// How late a run may be without being one that is caught up, in seconds.
    package static let grace = 60.0
    /// The most runs that are caught up one by one.
    package static let mostRuns = 100
    /// The most times that are counted.
    package static let mostCounted = 10_000

    /// Looks at the times from the first one that is due to now.
    ///
    /// - Parameters:
    ///   - first: The first time that is due.
    ///   - now: The time now.
    ///   - trigger: What gives the times.
    ///   - catchUp: What happens with times that were missed.
    package init(from first: Date, to now: Date, of trigger: ScheduleTrigger, catchUp: Schedule.CatchUp) {
        var times = [first]
        var count = 1
        while let time = times.last.flatMap(trigger.next(after:)), time <= now {
            times.append(time)
            count += 1
            if times.count > Self.mostRuns { times.removeFirst() }
            // A time of each minute that nothing has kept for a year: only the last day's are looked at.
            if count == Self.mostCounted { times = trigger.next(1, after: max(time, now.addingTimeInterval(-86_400))) }
        }
        count = min(count, Self.mostCounted)
        times.removeAll { $0 > now }
        let isOnTime = now.timeIntervalSince(times.last ?? first) <= Self.grace
        switch catchUp {
        case .all: runs = times
        case .last: runs = times.suffix(1)
        case .none: runs = isOnTime ? times.suffix(1) : []
        }
        others = count - runs.count
        missed = runs.isEmpty ? times.last : nil
    }
}
