import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

/// The selected row of a list while its rows change.
struct `The selection of a list` {
    private func model(_ name: String) -> Model {
        var model = Samples.models[0]
        model.name = name
        return model
    }

    private func models(_ names: [String]) -> Content { .models(names.map(model)) }

    private func list(selecting selection: String? = nil) -> StudioBench {
        var studio = StudioBench()
        let memory = PageMemory(selection: selection)
        studio.open(.section(.models))
        _ = studio.model.goBack()
        _ = studio.model.push(.section(.models), memory: memory)
        return studio
    }

    private func selected(_ studio: StudioBench) -> String? { studio.model.page?.memory.selection }

    @Test func `stays on its row when the one of the last session is gone`() {
        let names = ["ash", "birch", "cedar"].map { "\($0):1" }
        var studio = list(selecting: "oak:1")
        studio.answer(.models(.active), models(["ash", "birch", "cedar"]))
        studio.press("j")
        let before = selected(studio)
        #expect(before?.contains("birch") == true, "\(names)")
        studio.answer(.models(.active), models(["alder", "ash", "birch", "cedar"]))
        #expect(selected(studio) == before)
        studio.answer(.models(.active), models(["alder", "ash", "birch", "cedar", "oak"]))
        #expect(selected(studio) == before)
    }

    @Test func `stays on the row that a filter found when the filter is cleared`() {
        var studio = list()
        studio.answer(.models(.active), models(["ash", "birch", "cedar"]))
        studio.press("/", "c", "e", "d", .enter)
        let found = selected(studio)
        #expect(found?.contains("cedar") == true)
        studio.press(.escape)
        #expect(selected(studio) == found)
    }

    @Test func `is none while the archived rows are on their way`() {
        var studio = list()
        studio.answer(.models(.active), models(["ash"]))
        studio.press("A")
        #expect(!studio.text.contains("ash"))
        #expect(studio.press("z").isEmpty && studio.press("D").isEmpty)
    }

    @Test func `rows of the list that is not shown any more are dropped`() {
        var studio = list()
        studio.press("A")
        studio.answer(.models(.archived), models(["oak"]))
        studio.answer(.models(.active), models(["ash"]))
        #expect(studio.text.contains("oak") && !studio.text.contains("ash"))
    }
}
