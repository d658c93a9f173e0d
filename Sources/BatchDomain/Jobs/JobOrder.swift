/// The column that a list of jobs is sorted by.
package enum JobOrder: String, CaseIterable, Sendable {
    case submitted, status, job, endpoint, deployment, duration, progress, failed
}
