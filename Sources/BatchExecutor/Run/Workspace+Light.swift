import BatchDomain
import BatchWorkers
import BatchWorkspace

extension Workspace {
    /// Returns whether a job's model is loaded without MLflow: it was proved to give the same predictions.
    func loadsLight(_ specification: JobSpecification, python: String, runtime: String) async -> Bool {
        guard specification.scoring == .generated,
            let proof = try? await loaderProof(of: specification.deploymentName, endpoint: specification.endpointName)
        else { return false }
        let subject = LoaderProof.subject(of: specification.model, python: python, runtime: runtime)
        return proof.isSame && proof.subject == subject
    }
}
