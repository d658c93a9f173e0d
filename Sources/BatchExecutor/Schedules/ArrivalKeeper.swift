import BatchDomain
import BatchWorkspace
import Foundation
import Logging

/// Starts the jobs of files that arrive, for all schedules of a workspace.
///
/// It keeps nothing that a restart would miss: what is scored and what is taken stands in the database, and each input is listed once when
/// its schedule is first seen.
actor ArrivalKeeper {
    private struct Kept {
        let schedule: Schedule
        let watch: ArrivalWatch
        var arrivals: Arrivals
        /// The listing in progress.
        var listing: Task<Void, Never>?
        /// The listing that has ended.
        var found: Result<ArrivalWatch.Look, any Error>?
        /// True when the input may have changed since the last listing began.
        var isStale = true
        /// When to list it next.
        var nextAt: Date?
        /// Not before: listings of a large folder, to which files are written all the time, must leave time for jobs.
        var earliest = Date.distantPast
    }

    /// Seconds until files are looked at again that could not be taken.
    private static let retryDelay = 10.0
    /// How much longer than a listing the time without one is at least.
    private static let rest = 4.0

    private let workspace: Workspace
    private let environments: EnvironmentProvider
    private let logger: Logger
    private let wake: @Sendable () -> Void
    private var kept: [String: Kept] = [:]

    /// - Parameters:
    ///   - workspace: The workspace.
    ///   - environments: How the environment of remote listings is provided.
    ///   - logger: Takes why an input can't be listed.
    ///   - wake: Called when ``takeRuns()`` has something to do.
    init(
        _ workspace: Workspace,
        environments: @escaping EnvironmentProvider,
        logger: Logger,
        wake: @escaping @Sendable () -> Void
    ) {
        self.workspace = workspace
        self.environments = environments
        self.logger = logger
        self.wake = wake
    }

    /// Starts the jobs that are due, and begins the listings that are.
    ///
    /// - Returns: The runs, and when to call it next, unless `wake` is called before.
    func takeRuns() async throws -> (runs: [ScheduleRun], nextAt: Date?) {
        let schedules = try await workspace.arrivalSchedules()
        let now = workspace.now()
        for (name, old) in kept where !schedules.contains(where: { $0.schedule.isSame(as: old.schedule) }) {
            drop(name)
        }
        var runs: [ScheduleRun] = []
        for (schedule, isBusy) in schedules {
            var entry = kept[schedule.name] ?? begin(schedule)
            kept[schedule.name] = entry
            if isBusy {
                // Its files are not known to be scored before it ends.
                (entry.isStale, entry.nextAt, entry.found) = (true, nil, nil)
                kept[schedule.name] = entry
                continue
            }
            if let found = entry.found.take() {
                let run = try await take(found, &entry)
                // Changes that were reported meanwhile.
                entry.isStale = entry.isStale || kept[schedule.name]?.isStale ?? false
                kept[schedule.name] = entry
                if let run {
                    runs.append(run)
                    continue
                }
            }
            if entry.isStale { entry.nextAt = min(entry.nextAt ?? entry.earliest, entry.earliest) }
            if entry.listing == nil, let next = entry.nextAt, next <= now {
                (entry.isStale, entry.nextAt) = (false, nil)
                entry.listing = list(entry)
            }
            kept[schedule.name] = entry
        }
        return (runs, kept.values.filter { $0.listing == nil }.compactMap(\.nextAt).min())
    }

    /// Ends all listings and watches.
    func stop() async {
        let listings = kept.values.compactMap(\.listing)
        for name in Array(kept.keys) { drop(name) }
        for listing in listings { await listing.value }
    }

    private func begin(_ schedule: Schedule) -> Kept {
        let name = schedule.name
        let look = InputLook(
            in: workspace,
            variables: ProcessInfo.processInfo.environment,
            environments: environments
        )
        let watch = ArrivalWatch(schedule, in: workspace, look) { [weak self] in
            Task { await self?.changed(name) }
        }
        return Kept(schedule: schedule, watch: watch, arrivals: Arrivals(schedule.trigger.arrival ?? ArrivalRule()))
    }

    private func drop(_ name: String) {
        let entry = kept.removeValue(forKey: name)
        entry?.listing?.cancel()
        entry?.watch.stop()
    }

    private func changed(_ name: String) {
        kept[name]?.isStale = true
        wake()
    }

    private func list(_ entry: Kept) -> Task<Void, Never> {
        Task {
            let began = ContinuousClock.now
            let found: Result<ArrivalWatch.Look, any Error>
            do { found = .success(try await entry.watch.list()) } catch { found = .failure(error) }
            finish(entry, found, seconds: began.duration(to: .now).seconds)
        }
    }

    private func finish(_ entry: Kept, _ found: Result<ArrivalWatch.Look, any Error>, seconds: Double) {
        let name = entry.schedule.name
        guard let present = kept[name], present.watch === entry.watch else { return }
        kept[name]?.listing = nil
        kept[name]?.found = found
        kept[name]?.earliest = workspace.now().addingTimeInterval(seconds < 0.1 ? 0 : seconds * Self.rest)
        wake()
    }

    /// Takes what a listing has found.
    ///
    /// - Returns: The run of files that are due.
    private func take(_ found: Result<ArrivalWatch.Look, any Error>, _ entry: inout Kept) async throws -> ScheduleRun? {
        let name = entry.schedule.name
        let poll = Double(entry.arrivals.rule.poll)
        do {
            let look = try found.get()
            try await note(look.remark, of: name)
            let pollAt = look.isWatched ? nil : look.at.addingTimeInterval(poll)
            switch entry.arrivals.observe(look.files, at: look.at) {
            case .none: entry.nextAt = pollAt
            case .later(let time): entry.nextAt = min(time, pollAt ?? time)
            case .due(let files):
                if let run = try await workspace.takeArrivalRun(of: name, files) {
                    entry.isStale = true
                    return run
                }
                entry.nextAt = workspace.now().addingTimeInterval(Self.retryDelay)
            }
        } catch let error as StudioError where error.code != .workspace {
            entry.nextAt = workspace.now().addingTimeInterval(poll)
            guard error.code == .notFound || error.code == .invalidState else {
                try await note(error.message, of: name)
                return nil
            }
            logger.warning("Schedule \(name) is disabled. \(error.message)")
            try await workspace.disable(name, because: error.message)
        } catch let error as ValidationError {
            entry.nextAt = workspace.now().addingTimeInterval(poll)
            try await note("\(error)", of: name)
        }
        return nil
    }

    private func note(_ remark: String?, of name: String) async throws {
        if try await workspace.setRemark(remark, of: name), let remark {
            logger.warning("Schedule \(name): \(remark)")
        }
    }
}

extension Schedule {
    /// Returns whether another value of the schedule has the same files start the same jobs.
    fileprivate func isSame(as other: Schedule) -> Bool {
        name == other.name && trigger == other.trigger && job == other.job && createdAt == other.createdAt
    }
}
