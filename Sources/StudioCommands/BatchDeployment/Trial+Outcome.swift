import BatchDomain
import BatchExecutor
import StudioUI

extension Trial {
    /// What came of a trial, as the studio shows it.
    init(_ outcome: DeploymentTest) {
        self.init()
        columns = outcome.columns
        rows = Array(outcome.rows.prefix(200))
        rowCount = outcome.rowCount
        failures = outcome.failures
        warnings = outcome.warnings
        written = outcome.written
        printed = outcome.printed
        isScored = outcome.succeeded
        let times = [("load", outcome.loadSeconds), ("init()", outcome.initSeconds), ("run()", outcome.runSeconds)]
        steps = times.compactMap { name, seconds in seconds.map { Step(name, seconds: $0) } }
    }
}
