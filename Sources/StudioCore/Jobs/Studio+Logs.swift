package import BatchDomain
import BatchWorkspace
import SystemKit

extension Studio {
    /// The lines of a job's log around a place; only they are read.
    package func log(_ request: JobLogRequest) async throws -> JobLogWindow {
        let log = JobLog(in: folder.job(request.job))
        return try await DiskWork.run { log.window(request.anchor, request.filter) }
    }

    /// Reports, until the caller's task ends, that a job's log may have grown; nil when it has none yet.
    package func logChanges(of job: String) -> AsyncStream<Void>? { JobLogWatch.changes(of: folder.job(job)) }
}
