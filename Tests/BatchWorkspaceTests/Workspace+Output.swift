import BatchDomain

@testable import BatchWorkspace

extension Workspace {
    /// The files of a job's output.
    func output(of name: String) async throws -> [OutputFile] {
        try JobFiles(try await job(name), in: folder).output().files
    }
}
