import BatchDomain

/// A check of a draft against the workspace as it is, by the rules of the use case that creates it.
enum DraftCheck: Equatable, Sendable {
    case job(Invocation)
    case deployment(DeploymentDraft, creating: EndpointDraft?)
    /// A job that a schedule starts.
    case scheduledJob(Invocation)
}

extension DraftCheck: Hashable {
    func hash(into hasher: inout Hasher) {
        switch self {
        case .job(let invocation), .scheduledJob(let invocation): hasher.combine(invocation.endpointName)
        case .deployment(let draft, _): hasher.combine(draft.name)
        }
    }
}
