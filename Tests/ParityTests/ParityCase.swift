import Testing

@testable import StudioUI

/// The same draft for both faces: the studio's use case, and the commands that mean the same.
struct ParityCase: Sendable, CustomTestStringConvertible {
    /// The change, or the fault of a draft that is refused.
    let title: String
    /// The draft for the studio.
    let useCase: UseCase
    /// The draft for the command line, usually one command; words are separated by spaces.
    let commands: [String]

    init(_ title: String, _ useCase: UseCase, _ commands: String...) {
        self.title = title
        self.useCase = useCase
        self.commands = commands
    }

    var testDescription: String { "\(useCase.verb): \(title)" }
}

extension ParityCase {
    /// Drafts that change the workspace.
    static let changes: [ParityCase] =
        endpointChanges + deploymentChanges + assetChanges + environmentChanges + jobChanges + datastoreChanges
        + scheduleChanges + deletions + archivals

    /// Drafts that are refused.
    static let refusals: [ParityCase] =
        endpointRefusals + deploymentRefusals + assetRefusals + environmentRefusals + jobRefusals + datastoreRefusals
        + scheduleRefusals + deletionRefusals
        + archivalRefusals
}
