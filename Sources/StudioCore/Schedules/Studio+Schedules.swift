package import BatchDomain
import BatchExecutor
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
        let schedule = try await workspace.schedule(name)
        var count: NewFileCount?
        if schedule.isNewOnly {
            let look = InputLook(in: workspace, variables: caller.environment)
            let specification = try await workspace.specification(ofScheduled: schedule)
            try requireFolder(of: specification)
            count = try await look.count(specification, given: schedule.job.input)
        }
        let run = try await workspace.triggerSchedule(name, count)
        if run.job == nil { return run }
        if let failure = executorFailure() { logger.warning("The executor does not run, so the job waits. \(failure)") }
        return run
    }

    /// Checks that a job of a schedule could be submitted now, its output aside.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` for what is missing.
    package func check(scheduled invocation: Invocation) async throws {
        let prepared = try await prepared(invocation)
        _ = try await workspace.specification(of: prepared)
    }

    /// Has a schedule score all files again, and all other jobs of its endpoint and model version that score what is new.
    ///
    /// - Returns: The schedule, and how many files were known.
    package func resetSchedule(_ name: String) async throws -> (schedule: Schedule, forgotten: Int) {
        try await update {
            let schedule = try await workspace.schedule(name)
            guard schedule.isNewOnly else {
                throw StudioError(
                    .invalidState,
                    "Schedule '\(name)' scores all files each time: there is nothing to reset.",
                    advice: "Score only what is new with: batchstudio schedule update -n \(name) "
                        + "--set create_job.inputs.input.new_only=true"
                )
            }
            let forgotten = try await workspace.resetSchedule(name)
            return (try await kept(schedule), forgotten)
        }
    }

    /// Checks that the folder is there in which files arrive.
    private func requireFolder(of specification: JobSpecification) throws {
        let input = specification.input
        guard input.remote == nil, !FileManager.default.fileExists(atPath: input.path) else { return }
        throw StudioError(
            .file,
            "The input folder \(input.path) does not exist.",
            advice: "Make it; files that are put there are scored."
        )
    }

    /// All names of the IANA database of time zones.
    package static var timeZones: [String] { TimeZone.knownTimeZoneIdentifiers }

    /// The time zone of this machine, or of `$TZ`.
    package static var localTimeZone: String { TimeZone.current.identifier }

    /// The schedule with its input as the executor will find it: local paths absolute, the content of an `MLTable` file.
    private func prepared(_ schedule: Schedule) async throws -> Schedule {
        var schedule = schedule
        schedule.job = try await prepared(schedule.job)
        return schedule
    }

    private func prepared(_ invocation: Invocation) async throws -> Invocation {
        var invocation = invocation
        invocation.input = caller.absolute(invocation.input)
        invocation.hookSecrets = caller.hookSecrets(of: invocation.hooks)
        invocation.table = try await MLTableManifest.read(for: invocation, typedBy: "create_job.inputs.type") {
            try await workspace.localPath(of: $0)
        }
        return invocation
    }

    private func kept(_ schedule: Schedule) async throws -> Schedule {
        if schedule.isEnabled {
            if schedule.trigger.arrival != nil {
                let input = try await workspace.specification(ofScheduled: schedule).input
                if input.remote == nil, !FileManager.default.fileExists(atPath: input.path) {
                    let place = "The folder \(input.path) does not exist yet."
                    logger.warning("\(place) Its files are scored once it is there.")
                }
            }
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
