package import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation
import Logging

extension Studio {
    /// The schedule of that name.
    package func schedule(_ name: String) async throws -> Schedule { try await workspace.schedule(name) }

    /// The schedules, by name.
    package func schedules() async throws -> [Schedule] { try await workspace.schedules() }

    /// The schedules whose jobs an endpoint scores, by name.
    package func schedules(of endpoint: String) async throws -> [Schedule] {
        try await workspace.schedules(of: endpoint)
    }

    /// The last runs of a schedule, the newest first.
    ///
    /// - Throws: ``StudioError`` when there is no such schedule.
    package func runs(of schedule: String, limit: Int) async throws -> [ScheduleRun] {
        _ = try await workspace.schedule(schedule)
        return try await workspace.runs(of: schedule, limit: limit)
    }

    /// Makes a schedule, or changes the one of that name, and has an executor keep its time.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` when a job of it could not be submitted now.
    package func saveSchedule(_ schedule: Schedule) async throws -> Schedule {
        try await update { try await kept(try await workspace.save(try await prepared(schedule))) }
    }

    /// Changes a schedule, starting from what it is.
    package func updateSchedule(_ name: String, _ change: (Schedule) throws -> Schedule) async throws -> Schedule {
        try await update {
            let changed = try change(try await workspace.schedule(name))
            return try await kept(try await workspace.save(try await prepared(changed)))
        }
    }

    /// Lets a schedule start jobs, or not.
    package func setEnabled(_ isEnabled: Bool, schedule name: String) async throws -> Schedule {
        try await kept(try await workspace.setEnabled(isEnabled, schedule: name))
    }

    /// Deletes a schedule and its history; its jobs stay.
    package func deleteSchedule(_ name: String) async throws {
        try await workspace.deleteSchedule(name)
        letExecutorLook()
    }

    /// Starts a job of a schedule now.
    ///
    /// - Throws: ``StudioError`` or ``ValidationError`` when the job can't be submitted.
    package func triggerSchedule(_ name: String) async throws -> ScheduleRun {
        let run = try await workspace.triggerSchedule(name)
        if let failure = executorFailure() { logger.warning("The executor does not run, so the job waits. \(failure)") }
        return run
    }

    /// All names of the IANA database of time zones.
    package static var timeZones: [String] { TimeZone.knownTimeZoneIdentifiers }

    /// The schedule with its input as the executor will find it: local paths absolute, the content of an `MLTable` file.
    private func prepared(_ schedule: Schedule) async throws -> Schedule {
        var schedule = schedule
        schedule.job.input = caller.absolute(schedule.job.input)
        schedule.job.hookSecrets = caller.hookSecrets(of: schedule.job.hooks)
        schedule.job.table = try await MLTableManifest.read(for: schedule.job, typedBy: "create_job.inputs.type") {
            try await workspace.localPath(of: $0)
        }
        return schedule
    }

    private func kept(_ schedule: Schedule) async throws -> Schedule {
        if schedule.isEnabled {
            if let failure = executorFailure() {
                logger.warning("No executor keeps the schedule's time. \(failure)")
            }
        } else {
            letExecutorLook()
        }
        return schedule
    }

    /// Wakes an executor that runs: one that keeps no schedule's time any more may leave.
    func letExecutorLook() {
        if hasExecutor { _ = executorFailure() }
    }
}
