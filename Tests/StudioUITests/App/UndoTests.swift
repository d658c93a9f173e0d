import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `Taking back` {
    private static let archiving = UseCase.archiveAsset(.model, name: "wine", true)

    /// The list of models after one was archived.
    private var archived: StudioBench {
        var studio = StudioBench()
        studio.press("2")
        studio.answer(.models(.active), .models([Samples.models[0]]))
        studio.press("z")
        let screen = studio.model.screens.last?.id ?? 0
        studio.send(.message(.performed(Self.archiving, screen: screen, .archived, at: StudioBench.now)))
        return studio
    }

    @Test func `u takes an archiving back, which is said in the message line`() {
        var studio = archived
        #expect(studio.messages.first?.hasSuffix("u undoes it.") == true)
        #expect(studio.press("u").contains(.perform(.archiveAsset(.model, name: "wine", false), screen: 0)))
    }

    @Test func `after ten seconds there is nothing to take back`() {
        var studio = archived
        studio.send(.tick(elapsed: .seconds(9)))
        #expect(studio.model.undo != nil)
        studio.send(.tick(elapsed: .seconds(1)))
        #expect(studio.model.undo == nil)
        studio.press("u")
        #expect(studio.messages == ["There is nothing to take back."])
        studio.dismissToasts()
        #expect(studio.model.tick == nil)
    }

    @Test func `u puts the former default back`() {
        var studio = StudioBench()
        studio.open(.endpoint("wine-growers"))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        studio.press("d", .down, .enter)
        studio.answer(
            .comparableJobs(endpoint: "wine-growers", first: "mlflow", second: "mlflow-wide"),
            .comparableJobs(nil)
        )
        let change = UseCase.setDefaultDeployment("mlflow-wide", endpoint: "wine-growers")
        let screen = studio.model.screens.last?.id ?? 0
        studio.send(.message(.performed(change, screen: screen, .endpoint(Samples.endpoint), at: StudioBench.now)))
        #expect(
            studio.press("u").contains(.perform(.setDefaultDeployment("mlflow", endpoint: "wine-growers"), screen: 0))
        )
    }

    @Test func `what was refused is not offered to be taken back`() {
        var studio = StudioBench()
        studio.press("2")
        studio.answer(.models(.active), .models([Samples.models[0]]))
        studio.press("z")
        let failure = Failure("archive wine", text: "The workspace is read-only.")
        studio.send(.message(.refused(Self.archiving, screen: 2, failure, at: StudioBench.now)))
        #expect(studio.model.undo == nil)
    }
}
