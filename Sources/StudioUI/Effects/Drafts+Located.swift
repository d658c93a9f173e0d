import BatchDomain
import BatchWorkspace
import FoundationEssentials

extension DeploymentDraft {
    /// The draft with the folder of its code absolute, from where the studio was opened.
    func located() -> DeploymentDraft {
        var draft = self
        draft.code?.folder = code?.folder.absolutePath(in: FileManager.default.currentDirectoryPath) ?? ""
        return draft
    }
}

extension DataPreviewRequest {
    /// The request with a local input absolute, from where the studio was opened.
    func located() -> DataPreviewRequest {
        guard case .local(let path) = input else { return self }
        var request = self
        request.input = .local(path.absolutePath(in: FileManager.default.currentDirectoryPath))
        return request
    }
}

extension Invocation {
    /// The call with a local input absolute, from where the studio was opened.
    func located() -> Invocation {
        guard case .local(let path) = input else { return self }
        var invocation = self
        invocation.input = .local(path.absolutePath(in: FileManager.default.currentDirectoryPath))
        return invocation
    }
}
