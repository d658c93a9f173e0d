import BatchDomain
import BatchWorkspace
import Foundation
import Logging
import SystemKit

/// The last part of a job: its workers end, its reports are written, its output is joined and delivered.
extension JobRun {
    /// So long `shutdown()` of the scoring script may take.
    private static let shutdownTime: Duration = .seconds(30)

    /// Ends the workers and delivers the output; where there is no space for it the job waits.
    func finalize(_ scoring: inout JobScoring, python: String, _ logs: JobLogs) async throws -> Outcome {
        do {
            try scoring.checkOutcome()
        } catch {
            await scoring.stopWorkers(events, grace: Self.shutdownTime)
            throw error
        }
        let assembly = OutputAssembly(of: job, in: workspace, python: python)
        if job.specification.output.file != nil { tellSegments(logs) }
        // All rows are there: they are joined while the workers end. Parquet takes a process more, and memory for it.
        let early = job.specification.rowFormat == .parquet ? nil : writing(assembly, python: python, logs)
        await scoring.stopWorkers(events, grace: Self.shutdownTime)
        await killDaemons()
        let last = early ?? writing(assembly, python: python, logs)
        do {
            try await step(to: .finalizing)
            logger.info("The job is Finalizing.")
            let outcome = try await deliver(assembly, once: last, python: python, logs)
            if outcome != .completed { assembly.abandon() }
            return outcome
        } catch {
            _ = await last.result
            assembly.abandon()
            throw error
        }
    }

    /// Delivers the output once it is written, as often as it takes to write it.
    private func deliver(
        _ assembly: OutputAssembly,
        once begun: Task<Void, any Error>,
        python: String,
        _ logs: JobLogs
    ) async throws -> Outcome {
        var writing = begun
        var refusals = 0
        while true {
            do {
                try await writing.value
                try assembly.deliver()
                return .completed
            } catch let refusal as FileError where refusal.isDiskError && refusals + 1 < DurableFile.maxAttempts {
                refusals += 1
                logger.warning("\(refusal) The output is written again.")
                logs.systemError("\(refusal) The output is written again.")
            } catch  where OutOfSpace.isCause(of: error) {
                assembly.abandon()
                let cause = OutOfSpace.cause(of: error)
                logger.warning("The job is Paused. \(cause)")
                logs.systemError(cause)
                let isRecorded = try await workspace.setStateIfPossible(of: job.name, to: .paused, cause: cause)
                if let outcome = await endWhilePaused() { return outcome }
                if isRecorded { try await step(to: .finalizing) }
            }
            writing = self.writing(assembly, python: python, logs)
        }
    }

    /// Begins to write the reports, the profile, and the output beside its place.
    private func writing(_ assembly: OutputAssembly, python: String, _ logs: JobLogs) -> Task<Void, any Error> {
        let reports = JobReports(workspace: workspace, job: job.name)
        return Task {
            async let joined: Void = assembly.join()
            async let profiled: Void = writeProfile(python: python, logs)
            try await reports.write()
            try await joined
            try await profiled
        }
    }

    /// Writes the profile; a job whose profile can't be made is Completed as well.
    ///
    /// - Throws: What lack of space threw.
    private func writeProfile(python: String, _ logs: JobLogs) async throws {
        do {
            try await ProfileJoin(workspace: workspace, job: job.name, python: python).write()
        } catch {
            if OutOfSpace.isCause(of: error) { throw error }
            logger.warning("The profile of the predictions could not be made: \(error)")
            logs.systemError("The profile of the predictions could not be made: \(error)")
        }
    }

    private func tellSegments(_ logs: JobLogs) {
        let segments = workspace.folder.job(job.name).segments
        let files = (try? FileManager.default.contentsOfDirectory(atPath: segments))?.count ?? 0
        let megabytes = Double(workspace.keptBytes(of: job.name)) / 1e6
        logs.overview(
            "There are \(files) temp files to concatenate. Total size is \(String(format: "%.2f", megabytes)) MB."
        )
    }
}
