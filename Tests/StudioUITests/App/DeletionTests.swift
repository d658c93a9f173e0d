import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `Deleting` {
    private static let model = Samples.models[0].id
    private static let data = Samples.data[0].id
    private static let environment = Samples.environments[0].id

    @Test func `asks first, from the list of models, and names the version`() {
        var studio = StudioBench()
        _ = studio.model.open(.models)
        studio.answer(.models(.active), .models([Samples.models[0]]))
        studio.delete([.asset(.model, Self.model)])
        #expect(studio.text.contains("Delete model wine:\(Self.model.version)?"))
        #expect(studio.press(.enter).isEmpty)
        studio.delete([.asset(.model, Self.model)])
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.deleteAsset(.model, Self.model), screen: 2)])
    }

    @Test func `a model that a deployment uses is refused with the deployment's name`() {
        var studio = StudioBench()
        studio.open(.model(Self.model))
        studio.answer(.model(Self.model), .model(Samples.model))
        studio.press("D")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/model-in-use")
    }

    @Test func `data and environments go from their lists`() {
        var studio = StudioBench()
        _ = studio.model.open(.data)
        studio.answer(.data(.active), .data(Samples.data))
        studio.delete([.asset(.data, Self.data)])
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.deleteAsset(.data, Self.data), screen: 2)])
        _ = studio.model.open(.environments)
        studio.answer(.environments(.active), .environments(Samples.environments))
        studio.delete([.asset(.environment, Self.environment)])
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.deleteAsset(.environment, Self.environment), screen: 3)])
    }

    @Test func `the page of a version that is gone is left, and it is said`() {
        var studio = StudioBench()
        _ = studio.model.open(.data)
        studio.open(.dataAsset(Self.data))
        let screen = studio.model.screens.last?.id ?? 0
        studio.send(.message(.performed(.deleteAsset(.data, Self.data), screen: screen, .deleted, at: StudioBench.now)))
        #expect(studio.way == ["Data"])
        expectMessage(studio.messages.joined(separator: "\n"), "toast/data-deleted")
    }

    @Test func `a job that has ended goes, and its output is named`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        studio.press("D")
        #expect(studio.text.contains("/five/score"))
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.deleteJob("five"), screen: 2)])
    }

    @Test func `a job that runs is refused`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        studio.press("D")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/job-not-deleted")
    }

    @Test func `what would be refused is not asked for: the reason is said instead`() {
        var studio = StudioBench()
        _ = studio.model.open(.models)
        studio.answer(.models(.active), .models([Samples.models[0]]))
        studio.delete([.asset(.model, Self.model)], users: Samples.deployments)
        #expect(studio.model.overlay == nil)
        expectMessage(studio.messages.joined(separator: "\n"), "toast/model-in-use-in-list")
    }

    @Test func `an endpoint with a job that runs is not asked for`() {
        var studio = StudioBench()
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        studio.delete([.endpoint("wine-growers")], jobs: [Samples.overview("five", .running)])
        #expect(studio.model.overlay == nil)
        expectMessage(studio.messages.joined(separator: "\n"), "toast/endpoint-in-use")
    }

    @Test func `several go together, and those in use stay`() {
        var studio = StudioBench()
        _ = studio.model.open(.models)
        studio.answer(.models(.active), .models(Samples.models))
        studio.press("*", "D")
        let deletions = Samples.models.map { Deletion.asset(.model, $0.id) }
        let plans = [DeletionPlan(deletions[0], users: Samples.deployments), DeletionPlan(deletions[1])]
        studio.answer(.deletions(deletions), .deletions(plans))
        #expect(studio.text.contains("Delete 1 model?"))
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.deleteAsset(.model, Samples.models[1].id), screen: 2)])
    }
}
