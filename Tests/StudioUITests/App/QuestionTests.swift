import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

/// Questions and changes whose answers come when the user is elsewhere.
struct `A question` {
    private static let first = Deletion.asset(.model, Samples.models[0].id)
    private static let second = Deletion.asset(.model, Samples.models[1].id)

    private func models() -> StudioBench {
        var studio = StudioBench()
        _ = studio.model.open(.models)
        studio.answer(.models(.active), .models(Samples.models))
        return studio
    }

    private func send(_ deletion: Deletion, from screen: Int, to studio: inout StudioBench) {
        let plans = [DeletionPlan(deletion)]
        studio.send(
            .message(.fetched(.deletions([deletion]), screen: screen, .deletions(plans), at: StudioBench.now))
        )
    }

    @Test func `of a page below is not asked, and the one that is asked keeps its meaning`() {
        var studio = models()
        studio.press("D", "j", .enter)
        #expect(studio.model.page?.route == .model(Samples.models[1].id))
        var content = Samples.model
        content.model = Samples.models[1]
        content.users = []
        studio.answer(.model(Samples.models[1].id), .model(content))
        studio.press("D")
        send(Self.second, from: 3, to: &studio)
        send(Self.first, from: 2, to: &studio)
        #expect(studio.text.contains("Delete model \(Self.second.name)?"))
        #expect(studio.press("y") == [.perform(Self.second.useCase, screen: 3)])
    }

    @Test func `that comes after another key is not asked, so that no key answers it by chance`() {
        var studio = models()
        studio.press("D", "/", "m")
        send(Self.first, from: 2, to: &studio)
        #expect(studio.model.overlay == nil)
        #expect(studio.press("y").isEmpty)
    }

    @Test func `is answered once`() {
        var studio = models()
        studio.delete([Self.first])
        studio.press("y")
        #expect(studio.model.update(2) { page, _ in page.answer("delete", "delete") }.isEmpty)
    }

    @Test func `does not replace what lies on top`() {
        var studio = models()
        studio.press("?")
        let overlay = studio.model.overlay
        _ = studio.model.fulfil([.offer(id: "x", Picker("Versions", []))], from: 2)
        #expect(overlay != nil && studio.model.overlay == overlay)
    }

    @Test func `a page that closes itself does not close the one above it`() {
        var studio = models()
        studio.press(.enter)
        studio.open(.messages)
        let change = Self.first.useCase
        studio.send(.message(.performed(change, screen: 3, .deleted, at: StudioBench.now)))
        #expect(studio.model.screens.map(\.page.route) == [.section(.models), .messages])
    }

    @Test func `a form that is done below another page does not take its place`() {
        var studio = models()
        studio.open(.model(Samples.models[0].id))
        studio.open(.messages)
        _ = studio.model.fulfil([.replace(.model(Samples.models[1].id))], from: 3)
        #expect(studio.model.screens.map(\.page.route) == [.section(.models), .messages])
        _ = studio.model.fulfil([.open(.model(Samples.models[1].id))], from: 2)
        #expect(studio.model.page?.route == .messages)
    }
}
