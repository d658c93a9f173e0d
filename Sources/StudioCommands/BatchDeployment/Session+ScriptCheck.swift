import BatchDomain
import BatchWorkers

extension Session {
    /// Checks a deployment's own scoring script.
    ///
    /// - Throws: ``StudioError`` with what is wrong, and how to go on all the same.
    func checkScript(of draft: DeploymentDraft) async throws {
        do {
            try await ScriptCheck.check(draft.code)
        } catch var error as StudioError where error.code == .scoring {
            error.advice =
                (error.advice.map { $0 + " " } ?? "") + "To deploy it as it is, say --skip-script-validation."
            throw error
        }
    }
}
