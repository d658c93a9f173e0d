import BatchDomain
import Foundation
import GRDB

// The variables that a job brings from the shell that started it: kept with its secrets while it runs.
extension Workspace {
    /// The variables that a job brings; nil for one that has brought none, as before there were any.
    package func variables(of job: String) throws -> [String: String]? {
        try SecretStore(folder).read(.job(job)).variables
    }

    /// Forgets the variables of a job that has ended; what opens its input stays, for `resume` and `retry-failed`.
    func forgetVariables(of job: String) {
        let store = SecretStore(folder)
        guard var secrets = try? store.read(.job(job)), secrets.variables != nil else { return }
        secrets.variables = nil
        // What can't be written now is forgotten when the next executor starts.
        try? store.write(secrets, of: .job(job))
    }

    /// Forgets the variables of jobs that ended as their executor was killed.
    package func forgetVariablesOfEndedJobs() async throws {
        // Within a transaction that writes: a job that is being submitted has its variables before the others see it.
        try await database.write { db in
            let unfinished = Set(try JobRecord.unfinished.fetchAll(db).map(\.name))
            for job in SecretStore(folder).jobs where !unfinished.contains(job) { forgetVariables(of: job) }
        }
    }
}
